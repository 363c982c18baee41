import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { deleteExpired } from './expiry.ts';
import { createFaultBook, type Fault } from './faults.ts';
import { createHttpServer } from './http.ts';
import { itemOperations } from './items.ts';
import { createMeter } from './meter.ts';
import { openStore, type TableStore } from './store.ts';
import { settingsOperations } from './table-settings.ts';
import { tableOperations } from './tables.ts';
import { createTokenMemory } from './tokens.ts';
import { transactionOperations } from './transactions.ts';

/** What a server is opened with. */
export interface ServerSettings {
  /** Where the data live; undefined keeps them in memory. */
  readonly dataDirectory: string | undefined;
  /** 0 for any free port. */
  readonly port: number;
  readonly clockOffsetMs: number;
}

/** What an open server can be told to do. */
export type Order =
  | { readonly name: 'setFault'; readonly fault: Fault }
  | { readonly name: 'clearFaults' | 'counts' | 'resetCounts' | 'startMeter' | 'consumed' | 'reset' }
  | { readonly name: 'deleteExpired'; readonly clockOffsetMs: number };

/** A DynamoDB that serves in this thread. */
export interface TableServer {
  readonly port: number;
  obey(order: Order): unknown;
  /** Breaks open connections off, finishes the writes under way and closes the files. */
  close(): Promise<void>;
}

/** Throws the system's error when the port is taken, and when another process has the data open. */
export async function openTableServer(settings: ServerSettings): Promise<TableServer> {
  const store = await openStore(settings.dataDirectory);
  try {
    return await serve(store, settings);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function serve(store: TableStore, settings: ServerSettings): Promise<TableServer> {
  let { clockOffsetMs } = settings;
  const now = () => Date.now() + clockOffsetMs;
  const tokens = createTokenMemory(now);
  const faults = createFaultBook();
  const meter = createMeter(store.tables);
  const operations = {
    ...itemOperations(store, meter),
    ...transactionOperations(store, tokens, meter),
    ...tableOperations(store),
    ...settingsOperations(store),
  };
  const server = createHttpServer(operations, faults);
  server.listen(settings.port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    obey(order) {
      switch (order.name) {
        case 'setFault':
          return faults.set(order.fault);
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
          clockOffsetMs = order.clockOffsetMs;
          return deleteExpired(store, now());
      }
    },
    close() {
      server.close();
      server.closeAllConnections();
      return store.close();
    },
  };
}
