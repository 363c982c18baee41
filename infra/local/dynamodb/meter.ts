import { type Item, itemSize, type LevelWrite, type Store } from 'dynalite/db/index.js';
import { readRecord } from './records.ts';

/** Request units as DynamoDB bills them on demand. */
export interface Units {
  readonly read: number;
  readonly write: number;
}

/** Counts units while somebody wants to know; it costs a look at every row that is written. */
export interface Meter {
  readonly on: boolean;
  /** Begins at nothing. */
  start(): void;
  consumed(): Units;
  /** `consumed` as dynalite tells it of a read: of one table, or of several. */
  noteRead(consumed: unknown): void;
  /** Items read by a transaction, which pays twice. */
  noteTransactRead(items: readonly unknown[]): void;
  /** Called before the writes are committed. A transaction pays twice for rows and checks, once for indexes. */
  noteWrites(writes: readonly LevelWrite[], transaction?: { readonly checks: number }): void;
}

const WRITE_BYTES = 1_024;
const READ_BYTES = 4_096;
const INDEX_PREFIX = 'index-';

const unitsOf = (bytes: number, each: number) => Math.max(1, Math.ceil(bytes / each));

export function createMeter(tables: Store): Meter {
  let on = false;
  let read = 0;
  let write = 0;

  /** Of the larger of the item as it was and as it will be: an index entry that stays as it is costs nothing. */
  function unitsOfKey(key: string, text: string | undefined): number {
    const before = readRecord(tables.db, key);
    const after: Item | undefined = text === undefined ? undefined : JSON.parse(text);
    if (key.startsWith(INDEX_PREFIX) && JSON.stringify(before) === text) return 0;
    return unitsOf(Math.max(...[before, after].map((item) => (item === undefined ? 0 : itemSize(item)))), WRITE_BYTES);
  }

  return {
    get on() {
      return on;
    },
    start() {
      on = true;
      read = 0;
      write = 0;
    },
    consumed: () => ({ read, write }),
    noteRead(consumed) {
      const each = (Array.isArray(consumed) ? consumed : [consumed]) as readonly (
        | { CapacityUnits?: number }
        | undefined
      )[];
      for (const part of each) read += part?.CapacityUnits ?? 0;
    },
    noteTransactRead(items) {
      if (!on) return;
      for (const item of items) read += 2 * unitsOf(item === undefined ? 0 : itemSize(item as Item), READ_BYTES);
    },
    noteWrites(writes, transaction) {
      if (!on) return;
      // The last write of a key is what stays; dynalite takes an index entry out and puts it back.
      const last = new Map(writes.map((each) => [each.key, each.type === 'put' ? each.value : undefined]));
      for (const [key, text] of last) {
        const factor = transaction !== undefined && !key.startsWith(INDEX_PREFIX) ? 2 : 1;
        write += factor * unitsOfKey(key, text);
      }
      write += 2 * (transaction?.checks ?? 0);
    },
  };
}
