import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { importApartments } from '../../functions/apartments/operations/import-apartments.ts';
import { type SheetValue, sheetWorkbook } from '../../infra/local/demo/sheet-workbook.ts';
import { ApartmentRepository } from '../../shared/domain/apartment/apartment.repository.ts';
import { ApartmentImportRepository } from '../../shared/domain/apartment-import/apartment-import.repository.ts';
import type { AuditFact } from '../../shared/domain/audit/audit-entry.ts';
import { AuditTrail } from '../../shared/domain/audit/audit-trail.ts';
import { SyncLogRepository } from '../../shared/domain/sync-log/sync-log.repository.ts';
import { systemClock } from '../../shared/platform/clock/clock.ts';
import { documentClient } from '../../shared/platform/dynamo/document-client.ts';
import type { Write } from '../../shared/platform/dynamo/table.ts';
import { Table } from '../../shared/platform/dynamo/table.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';
import { type Bench, rounded } from './figure.ts';

const NOBODY = { actor: undefined, address: undefined, now: new Date('2026-06-01T10:00:00Z') };

const ROWS = 5_000;
const IMPORT = '--import';
const LOAD = '--load';
const MEGABYTE = 1_000_000;

interface Run {
  readonly seconds: number;
  /** Highest growth of the resident set of the process, in MB of 10⁶ bytes. */
  readonly peakMb: number;
  readonly nuevos: number;
}

/** A workbook of 5,000 apartments into an empty catalogue and once more, beside `exceljs` that only loads it. */
export const apartmentImportBench: Bench = {
  topic: 'apartment-import',
  async measure() {
    const folder = await mkdtemp(join(tmpdir(), 'apartments-bench-'));
    const cloud = await startTestCloud();
    try {
      const file = join(folder, 'apartments.xlsx');
      await writeFile(file, await apartmentsWorkbook());
      const { id } = await cloud.given.aCompany();
      const first = await counted(cloud, () => inChild(IMPORT, file, cloud.table.name, id));
      const second = await counted(cloud, () => inChild(IMPORT, file, cloud.table.name, id));
      const load = await inChild(LOAD, file);
      if (first.run.nuevos !== ROWS || second.run.nuevos !== 0) throw new Error('The imports did something else');
      return [
        { name: 'import 5,000 apartments', value: rounded(first.run.seconds), unit: 's', target: '<= 10' },
        { name: 'import 5,000 apartments', value: Math.round(ROWS / first.run.seconds), unit: 'rows/s' },
        { name: 'import 5,000 apartments, memory', value: Math.round(first.run.peakMb), unit: 'MB', target: '<= 200' },
        {
          name: 'table requests for 25 rows',
          value: rounded((first.requests * 25) / ROWS),
          unit: 'calls',
          target: '<= 3',
        },
        { name: 'import them again', value: rounded(second.run.seconds), unit: 's' },
        { name: 'import them again, transactions', value: second.transactions, unit: 'calls', target: '0' },
        { name: 'exceljs.load of the same file', value: Math.round(ROWS / load.seconds), unit: 'rows/s' },
        { name: 'exceljs.load of the same file, memory', value: Math.round(load.peakMb), unit: 'MB' },
      ];
    } finally {
      await cloud.close();
      await rm(folder, { recursive: true });
    }
  },
};

function apartmentsWorkbook(): Promise<Buffer> {
  const rows = Array.from({ length: ROWS }, (_, at): SheetValue[] => [
    at,
    `T${at}`,
    `Piso ${at} del Puerto`,
    `Calle Ancha, ${at}, 2º B`,
    'Cádiz',
  ]);
  return sheetWorkbook([['id_pms', 'id_externo', 'nombre', 'direccion', 'ciudad'], ...rows]);
}

/** Catalogue rows are written by transactions alone; the line of the sync log is not. */
async function counted(cloud: TestCloud, work: () => Promise<Run>) {
  const { dynamodb } = cloud.cloud.faults;
  await dynamodb.resetCounts();
  const run = await work();
  const counts = await dynamodb.counts();
  const requests = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { run, requests, transactions: counts.TransactWriteItems ?? 0 };
}

async function inChild(...args: string[]): Promise<Run> {
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(import.meta.url), ...args]);
  return JSON.parse(stdout);
}

async function measured(work: () => Promise<number>): Promise<Run> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const look = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 5);
  const start = performance.now();
  const nuevos = await work();
  const seconds = (performance.now() - start) / 1000;
  clearInterval(look);
  return { seconds, peakMb: (Math.max(peak, process.memoryUsage.rss()) - before) / MEGABYTE, nuevos };
}

/** What the function does with the file that a call brings. */
function importFile(bytes: Buffer, tableName: string, empresaId: string): Promise<Run> {
  const scope = new TenantScope(new Table(documentClient(), tableName), empresaId);
  const deps = {
    apartments: new ApartmentRepository(scope),
    imports: new ApartmentImportRepository(scope),
    syncLog: new SyncLogRepository(scope),
    columns: async () => undefined,
    commit: (fact: AuditFact, writes: readonly Write[]) => new AuditTrail(scope).commit(NOBODY, fact, writes),
    clock: systemClock,
    ids: randomIds,
  };
  const upload = { name: 'apartments.xlsx', contentType: '', bytes };
  const call = { empresaId, usuarioId: randomIds.uuid(), upload, vistaPrevia: undefined };
  return measured(async () => (await importApartments(deps, call)).resultado.nuevos);
}

async function loadFile(bytes: Buffer): Promise<Run> {
  const { default: ExcelJS } = await import('exceljs');
  return measured(async () => {
    const workbook = new ExcelJS.Workbook();
    // The library's own type of a buffer is older than Node's.
    await workbook.xlsx.load(bytes as unknown as Parameters<typeof workbook.xlsx.load>[0]);
    if (workbook.worksheets[0]?.actualRowCount !== ROWS + 1) throw new Error('exceljs read something else');
    return 0;
  });
}

const [, , mode, file = '', table = '', empresaId = ''] = process.argv;
if (mode === IMPORT) console.log(JSON.stringify(await importFile(await readFile(file), table, empresaId)));
if (mode === LOAD) console.log(JSON.stringify(await loadFile(await readFile(file))));
