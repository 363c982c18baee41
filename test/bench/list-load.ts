import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import autocannon from 'autocannon';

/** Node compiles what runs often meanwhile. */
const WARM_UP_S = 8;
const MEASURED_S = 10;
const LOAD = '--load';

/** What lists answer at 10 connections. */
interface ListFigures {
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
  readonly failed: number;
}

/** Whom the load calls as whom. */
interface Lists {
  readonly address: string;
  readonly token: string;
  readonly paths: readonly string[];
}

/** The load comes from a process of its own: the cloud runs in this one. */
export async function loadOf(lists: Lists): Promise<ListFigures> {
  const args = [fileURLToPath(import.meta.url), LOAD, JSON.stringify(lists)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout);
}

async function load({ address, token, paths }: Lists): Promise<ListFigures> {
  const call = {
    url: address,
    connections: 10,
    headers: { authorization: `Bearer ${token}` },
    requests: paths.map((path) => ({ method: 'GET', path }) as const),
  };
  await autocannon({ ...call, duration: WARM_UP_S });
  const { requests, latency, non2xx, errors } = await autocannon({ ...call, duration: MEASURED_S });
  return { requestsPerSecond: Math.round(requests.average), p99Ms: latency.p99, failed: non2xx + errors };
}

const [, , mode, settings] = process.argv;
if (mode === LOAD && settings !== undefined) console.log(JSON.stringify(await load(JSON.parse(settings))));
