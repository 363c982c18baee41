import { Worker } from 'node:worker_threads';
import type { Fault } from './faults.ts';
import type { Units } from './meter.ts';
import type { Command } from './worker.ts';

const SWEEP_INTERVAL_MS = 60_000;

/** Makes requests fail as they may in the cloud, and counts them, for tests and benches. */
interface FaultSwitch {
  /** Strikes the next `times` requests; replaces an earlier fault for the same operation. */
  set(fault: Fault): Promise<void>;
  clear(): Promise<void>;
  /** Requests by operation since the start or the last reset, those that failed included. */
  counts(): Promise<Readonly<Record<string, number>>>;
  resetCounts(): Promise<void>;
}

/** Request units that the table would bill, for benches. Off until the first start, because it costs time. */
interface UnitMeter {
  /** Begins at nothing. */
  start(): Promise<void>;
  consumed(): Promise<Units>;
}

export interface DynamoDb {
  /** e.g. `http://127.0.0.1:8000`, for `AWS_ENDPOINT_URL_DYNAMODB`. Any credentials do. */
  readonly endpoint: string;
  readonly faults: FaultSwitch;
  readonly meter: UnitMeter;
  /**
   * Deletes the items whose time to live has passed and answers how many. Runs every minute by itself; call it after
   * the clock was moved, which tells the table the new time.
   */
  deleteExpired(): Promise<number>;
  /** Drops all tables. */
  reset(): Promise<void>;
  /** Breaks open connections off, finishes the writes under way and closes the files. */
  close(): Promise<void>;
}

/**
 * Starts a DynamoDB in a thread of its own: dynalite with what it lacks (transactions,
 * `ReturnValuesOnConditionCheckFailure`, time to live). `dataDirectory` undefined keeps the data in memory; `port` is
 * any free one by default.
 *
 * Known differences from the cloud: a condition never finds two maps or two lists equal, `size` of an empty string
 * fails, `REMOVE` of two elements of one list moves the second, a transaction is not measured against 4 MB, indexes
 * cannot be added to a table, and there are no streams and no PartiQL. Tables are ready when they are answered.
 *
 * Throws when the port is taken or another process has the data open.
 */
export async function startDynamoDb(options: {
  readonly dataDirectory: string | undefined;
  readonly port?: number;
  readonly now: () => Date;
}): Promise<DynamoDb> {
  const clockOffsetMs = () => options.now().getTime() - Date.now();
  const thread = takeThread();
  const { tell } = thread;
  const settings = { dataDirectory: options.dataDirectory, port: options.port ?? 0, clockOffsetMs: clockOffsetMs() };
  const port = await tell({ name: 'open', settings }).catch((error: unknown) => {
    leave(thread);
    throw error;
  });
  const deleteExpired = async () => (await tell({ name: 'deleteExpired', clockOffsetMs: clockOffsetMs() })) as number;
  const sweep = setInterval(() => void deleteExpired().catch(console.error), SWEEP_INTERVAL_MS);
  sweep.unref();
  let closed: Promise<void> | undefined;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    faults: {
      set: async (fault) => void (await tell({ name: 'setFault', fault })),
      clear: async () => void (await tell({ name: 'clearFaults' })),
      counts: async () => (await tell({ name: 'counts' })) as Readonly<Record<string, number>>,
      resetCounts: async () => void (await tell({ name: 'resetCounts' })),
    },
    meter: {
      start: async () => void (await tell({ name: 'startMeter' })),
      consumed: async () => (await tell({ name: 'consumed' })) as Units,
    },
    deleteExpired,
    reset: async () => void (await tell({ name: 'reset' })),
    close() {
      clearInterval(sweep);
      closed ??= tell({ name: 'close' }).then(() => leave(thread));
      return closed;
    },
  };
}

/** A thread that serves one table at a time. */
interface Thread {
  readonly worker: Worker;
  readonly tell: (command: Command) => Promise<unknown>;
}

/** Kept for the next start in this process: it has loaded everything, and its code is warm. Holds no process back. */
let idle: Thread | undefined;

function takeThread(): Thread {
  const thread = idle ?? startThread();
  idle = undefined;
  thread.worker.ref();
  return thread;
}

function leave(thread: Thread): void {
  if (idle !== undefined) return void thread.worker.terminate();
  thread.worker.unref();
  idle = thread;
}

function startThread(): Thread {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { name: 'dynamodb' });
  return { worker, tell: createCaller(worker) };
}

/** Sends commands to the thread and matches its answers to them. */
function createCaller(worker: Worker): (command: Command) => Promise<unknown> {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  worker.on('message', ({ id, result, error }: { id: number; result?: unknown; error?: unknown }) => {
    const call = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) call?.resolve(result);
    else call?.reject(error);
  });
  return (command) => {
    const call = Promise.withResolvers<unknown>();
    lastId += 1;
    waiting.set(lastId, call);
    worker.postMessage({ id: lastId, command });
    return call.promise;
  };
}
