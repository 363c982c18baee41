import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { deleteExpired } from './expiry.ts';
import { createFaultBook, type Fault } from './faults.ts';
import { createHttpServer } from './http.ts';
import { itemOperations } from './items.ts';
import { createMeter } from './meter.ts';
import { openStore } from './store.ts';
import { settingsOperations } from './table-settings.ts';
import { tableOperations } from './tables.ts';
import { createTokenMemory } from './tokens.ts';
import { transactionOperations } from './transactions.ts';

/** What the thread is started with. */
export interface WorkerSettings {
  /** Where the data live; undefined keeps them in memory. */
  readonly dataDirectory: string | undefined;
  /** 0 for any free port. */
  readonly port: number;
  readonly clockOffsetMs: number;
}

/** What the thread can be told to do. The answer is `{ id, result }` or `{ id, error }`. */
export type Command =
  | { readonly name: 'setFault'; readonly fault: Fault }
  | { readonly name: 'clearFaults' | 'counts' | 'resetCounts' | 'startMeter' | 'consumed' | 'reset' | 'close' }
  | { readonly name: 'deleteExpired'; readonly clockOffsetMs: number };

if (parentPort === null) throw new Error('The table runs in a thread of its own: start it with startDynamoDb.');
const parent = parentPort;
const settings: WorkerSettings = workerData;
let clockOffsetMs = settings.clockOffsetMs;
const now = () => Date.now() + clockOffsetMs;
const store = await openStore(settings.dataDirectory);
const tokens = createTokenMemory(now);
const faults = createFaultBook();
const meter = createMeter(store.tables);
const server = createHttpServer(
  {
    ...itemOperations(store, meter),
    ...transactionOperations(store, tokens, meter),
    ...tableOperations(store),
    ...settingsOperations(store),
  },
  faults,
);

async function obey(command: Command): Promise<unknown> {
  switch (command.name) {
    case 'setFault':
      return faults.set(command.fault);
    case 'clearFaults':
      return faults.clear();
    case 'counts':
      return faults.counts();
    case 'resetCounts':
      return faults.resetCounts();
    case 'startMeter':
      return meter.start();
    case 'consumed':
      return meter.consumed();
    case 'reset':
      tokens.clear();
      return store.clear();
    case 'deleteExpired':
      clockOffsetMs = command.clockOffsetMs;
      return deleteExpired(store, now());
    case 'close':
      server.close();
      server.closeAllConnections();
      return store.close();
  }
}

parent.on('message', ({ id, command }: { id: number; command: Command }) => {
  obey(command).then(
    (result) => parent.postMessage({ id, result }),
    (error: unknown) => parent.postMessage({ id, error }),
  );
});

server.listen(settings.port, '127.0.0.1');
await once(server, 'listening');
parent.postMessage({ port: (server.address() as AddressInfo).port });
