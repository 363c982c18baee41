import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type RunSummary, runLateCheckin } from '../../functions/late-checkin/operations/run-late-checkin.ts';
import { serviceDateOf } from '../../shared/domain/arrival/service-day.ts';
import { storedArrivalKey } from '../../shared/domain/arrival-import/arrival-import.keys.ts';
import { sealArrival } from '../../shared/domain/arrival-import/stored-arrival.ts';
import { PmsConnectionRepository } from '../../shared/domain/pms/pms-connection.repository.ts';
import { createReservation } from '../../shared/domain/reservation/reservation.ts';
import { systemClock } from '../../shared/platform/clock/clock.ts';
import { eachLimit } from '../../shared/platform/concurrency/each-limit.ts';
import { type TenantKeys, tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { documentClient } from '../../shared/platform/dynamo/document-client.ts';
import { Table } from '../../shared/platform/dynamo/table.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { functionLog } from '../../shared/platform/log/log.ts';
import { objectStore } from '../../shared/platform/storage/object-store.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';
import { type Bench, type Figure, rounded } from './figure.ts';

const SIZES = [100, 500, 1_000];
const ARRIVALS = 50;
/** Of them, told of to two people each. */
const LATE = 5;
const ZONE = 'Europe/Madrid';
const BATCH = 25;
const RUN = '--late-run';
const MEGABYTE = 1_000_000;
const LOOK_EVERY_MS = 250;

/** One run over a number of companies, all of whose arrivals it sees for the first time. */
interface RunFigures extends RunSummary {
  readonly seconds: number;
  /** Of the processor, in the process that runs: what a busy machine does not change. */
  readonly cpuSeconds: number;
  /** Highest growth of the resident set of the process that runs, in MB of 10⁶ bytes. */
  readonly peakMb: number;
  /** Most that was alive beyond what was before, in MB: the resident set grows for as long as nobody needs the room. */
  readonly aliveMb: number;
}

/** The table is here; the run is in a process of its own, so that what the table keeps in memory is not counted. */
export const lateRunBench: Bench = {
  topic: 'late-run',
  async measure() {
    const figures: Figure[] = [];
    for (const tenants of SIZES) figures.push(...(await figuresOf(tenants)));
    return figures;
  },
};

async function figuresOf(tenants: number): Promise<readonly Figure[]> {
  const cloud = await startTestCloud();
  try {
    await companiesWithArrivals(cloud, tenants);
    const { dynamodb } = cloud.cloud.faults;
    await dynamodb.resetCounts();
    const settings = JSON.stringify({ table: cloud.table.name, bucket: cloud.cloud.info.buckets.arrivals });
    const args = ['--expose-gc', fileURLToPath(import.meta.url), RUN, settings];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const run: RunFigures = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    if (run.notificadas !== tenants * LATE || run.fallidas > 0) throw new Error(`The run told of ${stdout}`);
    const requests = Object.values(await dynamodb.counts()).reduce((sum, count) => sum + count, 0);
    const name = `late run, ${tenants.toLocaleString('en')} × ${ARRIVALS}`;
    return [
      { name, value: rounded(run.seconds), unit: 's', ...(tenants === SIZES.at(-1) && { target: '<= 60' }) },
      { name, value: rounded(requests / tenants, 1), unit: 'requests/tenant' },
      { name, value: rounded((run.seconds * 1000) / tenants, 1), unit: 'ms/tenant' },
      { name: `${name}, processor`, value: rounded((run.cpuSeconds * 1000) / tenants, 1), unit: 'ms/tenant' },
      { name: `${name}, memory`, value: Math.round(run.peakMb), unit: 'MB' },
      { name: `${name}, alive`, value: rounded(run.aliveMb, 1), unit: 'MB' },
    ];
  } finally {
    await cloud.close();
  }
}

/** Companies with two people to tell, and dropped arrivals of today. */
async function companiesWithArrivals(cloud: TestCloud, count: number): Promise<void> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient());
  const keys = tenantKeys('alias/stay-ops-local', systemClock);
  const places = Array.from({ length: count }, (_, at) => at);
  await eachLimit(places, 8, async () => {
    const company = await cloud.given.aCompany({ zona_horaria: ZONE });
    for (const role of ['admin', 'manager'] as const) await cloud.given.aUser(company, { role });
    await cloud.given.lateCheckin(company);
    const rows = await arrivalRows(new TenantScope(cloud.table, company.id), keys);
    for (let first = 0; first < rows.length; first += BATCH) {
      const puts = rows.slice(first, first + BATCH).map((Item) => ({ PutRequest: { Item } }));
      await client.send(new BatchWriteCommand({ RequestItems: { [cloud.table.name]: puts } }));
    }
  });
  client.destroy();
}

async function arrivalRows(scope: TenantScope, keys: TenantKeys): Promise<readonly Record<string, unknown>[]> {
  const key = await keys.dataKey(scope, 'guest-data');
  const now = systemClock.now();
  const check_in = serviceDateOf(now, ZONE);
  const expires_at = Math.floor(now.getTime() / 1000) + 86_400;
  return Array.from({ length: ARRIVALS }, (_, at) => {
    const reservation = createReservation({
      source: 'arrivals_file',
      id_externo: `r${at}`,
      status: 'confirmed',
      guest_name: `Huésped ${at} de Prueba`,
      apartment_name: `Apartamento ${at}`,
      check_in,
      arrival_time: at < LATE ? '22:15' : '17:30',
    });
    const sealed = sealArrival(key, reservation);
    const from = { source_key: 'bench.xlsx', version: '1', expires_at };
    return { ...storedArrivalKey(scope.empresaId, check_in, sealed.fingerprint), ...sealed, ...from };
  });
}

interface Settings {
  readonly table: string;
  readonly bucket: string;
}

/** What the function does; what follows from the queue is the worker's and not counted. */
async function run({ table, bucket }: Settings): Promise<RunFigures> {
  const deps = {
    table: new Table(documentClient(), table),
    keys: tenantKeys('alias/stay-ops-local', systemClock),
    async connectPms(scope: TenantScope) {
      const connection = await new PmsConnectionRepository(scope).find();
      if (connection !== undefined) throw new Error('Nobody has a PMS here');
      return undefined;
    },
    queue: { send: async () => undefined },
    drops: objectStore(bucket),
    clock: systemClock,
    ids: randomIds,
    log: functionLog(),
  };
  const before = process.memoryUsage.rss();
  let peak = before;
  // The system's own figure of the highest would begin with that of the parent, whose table is large.
  const look = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 10);
  const aliveBefore = alive();
  let mostAlive = aliveBefore;
  const count = setInterval(() => {
    mostAlive = Math.max(mostAlive, alive());
  }, LOOK_EVERY_MS);
  const start = performance.now();
  const used = process.cpuUsage();
  const summary = await runLateCheckin(deps);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(used);
  clearInterval(look);
  clearInterval(count);
  const [peakMb, aliveMb] = [(peak - before) / MEGABYTE, (mostAlive - aliveBefore) / MEGABYTE];
  return { ...summary, seconds, cpuSeconds: (user + system) / 1e6, peakMb, aliveMb };
}

function alive(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const [, , mode, settings] = process.argv;
if (mode === RUN && settings !== undefined) console.log(JSON.stringify(await run(JSON.parse(settings))));
