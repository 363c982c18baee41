import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { closeCompany } from '../../shared/domain/erasure/close-company.ts';
import { emptyCompany } from '../../shared/domain/erasure/empty-company.ts';
import { receiptKey } from '../../shared/domain/erasure/receipt.ts';
import { systemClock } from '../../shared/platform/clock/clock.ts';
import { documentClient } from '../../shared/platform/dynamo/document-client.ts';
import { Table } from '../../shared/platform/dynamo/table.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { objectStore } from '../../shared/platform/storage/object-store.ts';
import { bulkRows, tracesOf } from '../faults/erasure-world.ts';
import { startTestCloud } from '../support/test-cloud.ts';
import { type Bench, rounded } from './figure.ts';

/** Rows of the company, spread as one with a busy year has them. */
const ROWS = { ARRIVAL: 40_000, NOTIFICATION: 30_000, AUDIT: 20_000, LATE_RUN: 10_000 };
const TOTAL = Object.values(ROWS).reduce((sum, count) => sum + count, 0);
const ERASE = '--erase';
const MEGABYTE = 1_000_000;

/** Erasing a company of 100,000 rows, from the call to the receipt. */
interface ErasureFigures {
  readonly seconds: number;
  readonly rowsPerSecond: number;
  /** Highest growth of the resident set of the process that erases, in MB of 10⁶ bytes. */
  readonly peakMb: number;
}

/** The table runs here; a process of its own erases, so that what the table keeps in memory is not counted. */
export const erasureBench: Bench = {
  topic: 'erasure',
  async measure() {
    const { seconds, rowsPerSecond, peakMb } = await measureErasure();
    return [
      { name: 'erase 100,000 rows', value: rounded(seconds), unit: 's' },
      { name: 'erase 100,000 rows', value: rowsPerSecond, unit: 'rows/s' },
      { name: 'erase 100,000 rows, memory', value: Math.round(peakMb), unit: 'MB' },
    ];
  },
};

async function measureErasure(): Promise<ErasureFigures> {
  const cloud = await startTestCloud();
  try {
    const company = await cloud.given.aCompany();
    await cloud.given.aUser(company);
    for (const [collection, count] of Object.entries(ROWS)) await bulkRows(cloud, company.id, collection, count);
    const settings = JSON.stringify({
      table: cloud.table.name,
      buckets: cloud.cloud.info.buckets,
      empresaId: company.id,
    });
    const args = [fileURLToPath(import.meta.url), ERASE, settings];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const left = await tracesOf(cloud, [company.id]);
    if (left.length > 0) throw new Error(`${left.length} rows or objects are left`);
    return JSON.parse(stdout);
  } finally {
    await cloud.close();
  }
}

interface Settings {
  readonly table: string;
  readonly buckets: Readonly<Record<'arrivals' | 'photos' | 'exports', string>>;
  readonly empresaId: string;
}

/** What call and worker do, turn after turn, without the queue between them. */
async function erase({ table, buckets, empresaId }: Settings): Promise<ErasureFigures> {
  const deps = {
    table: new Table(documentClient(), table),
    clock: systemClock,
    ids: randomIds,
    grants: { revoke: async () => 'ninguna' as const },
    buckets: {
      arrivals: objectStore(buckets.arrivals),
      photos: objectStore(buckets.photos),
      exports: objectStore(buckets.exports),
    },
    receiptKey: async () => receiptKey('bench'),
    quietMs: 0,
  };
  const before = process.memoryUsage.rss();
  let peak = before;
  // The system's own figure of the highest would begin with that of the parent, whose table is large.
  const look = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 10);
  const start = performance.now();
  await closeCompany(deps, { empresaId, requestedBy: 'bench' });
  let outcome = await emptyCompany(deps, empresaId);
  while (outcome.kind === 'again') outcome = await emptyCompany(deps, empresaId);
  const seconds = (performance.now() - start) / 1000;
  clearInterval(look);
  if (outcome.kind !== 'finished') throw new Error(`The erasure ended as ${outcome.kind}`);
  const { filas } = outcome.erasure;
  const counted = Object.keys(ROWS).reduce((sum, kind) => sum + (filas[kind] ?? 0), 0);
  if (counted !== TOTAL) throw new Error(`The receipt tells of ${counted} rows`);
  return { seconds, rowsPerSecond: Math.round(TOTAL / seconds), peakMb: (peak - before) / MEGABYTE };
}

const [, , mode, settings] = process.argv;
if (mode === ERASE && settings !== undefined) console.log(JSON.stringify(await erase(JSON.parse(settings))));
