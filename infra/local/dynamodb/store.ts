import {
  type Callback,
  type Collection,
  create,
  createIndexKey,
  createKey,
  type Index,
  type Item,
  type Level,
  type LevelWrite,
  type Store,
  type Table,
  type TableCollection,
} from 'dynalite/db/index.js';
import type { Request } from 'dynalite/validations/index.js';
import { createExclusive, type Exclusive } from './mutex.ts';
import {
  indexEntryKey,
  indexPrefix,
  itemPrefix,
  rangeWithin,
  readRecord,
  streamKeys,
  streamValues,
  TABLE_PREFIX,
} from './records.ts';

/** The tables and their items, in memory or in a directory. */
export interface TableStore {
  /** What reads and table operations of dynalite run on. */
  readonly tables: Store;
  /** Writes, and reads that must not see half a transaction, take turns here. */
  readonly exclusive: Exclusive;
  /** Applies all writes or none. */
  commit(writes: readonly LevelWrite[]): Promise<void>;
  /** Drops every table. */
  clear(): Promise<void>;
  /** Waits for the writes under way, then closes the files. */
  close(): Promise<void>;
}

/** Opens the store, in memory when `directory` is undefined. Throws when another process has it open. */
export async function openStore(directory: string | undefined): Promise<TableStore> {
  const dynalite = create({
    ...(directory === undefined ? {} : { path: directory }),
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
  });
  const level = dynalite.db;
  await level.open().catch((cause: unknown) => {
    throw new Error(`Cannot open the table's data in ${directory}: is another local cloud running on it?`, { cause });
  });
  const exclusive = createExclusive();
  const descriptions = new Map<string, Table>();
  return {
    tables: { ...dynalite, ...collections(level), ...tableDescriptions(dynalite, descriptions) },
    exclusive,
    commit: (writes) => level.batch(writes),
    clear: () =>
      exclusive(async () => {
        await level.clear();
        descriptions.clear();
      }),
    close: () => exclusive(() => level.close()),
  };
}

type Collections = Pick<Store, 'getItemDb' | 'getIndexDb' | 'deleteItemDb' | 'deleteIndexDb'>;

/** Where dynalite reads one record in several turns of the event loop, and walks over all to drop some, these do not. */
function collections(level: Level): Collections {
  const open = (prefix: string): Collection => ({
    get: (key, callback) => callback(null, readRecord(level, prefix + key)),
    createValueStream: (range) => streamValues(level, rangeWithin(prefix, range)),
  });
  const drop = (prefix: string, callback: Callback<void>) => {
    level.clear(rangeWithin(prefix)).then(() => callback(null), callback);
  };
  return {
    getItemDb: (table) => open(itemPrefix(table)),
    getIndexDb: (kind, table, index) => open(indexPrefix(kind, table, index)),
    deleteItemDb: (table, callback) => drop(itemPrefix(table), callback),
    deleteIndexDb: (kind, table, index, callback) => drop(indexPrefix(kind, table, index), callback),
  };
}

/** Keeps the descriptions of tables in memory: every request needs one. */
function tableDescriptions(dynalite: Store, known: Map<string, Table>): Pick<Store, 'getTable' | 'tableDb'> {
  const level = dynalite.db;
  const forget =
    <Result>(name: string, callback: Callback<Result>): Callback<Result> =>
    (error, result) => {
      known.delete(name);
      callback(error, result);
    };
  const tableDb: TableCollection = {
    ...dynalite.tableDb,
    put: (name, table, callback) => dynalite.tableDb.put(name, table, forget(name, callback)),
    del: (name, callback) => dynalite.tableDb.del(name, forget(name, callback)),
    createKeyStream: () => streamKeys(level, TABLE_PREFIX),
  };
  return {
    tableDb,
    getTable(name: string, ...rest: [Callback<Table>] | [boolean, Callback<Table>]) {
      // With a flag the caller is about to change or show the description, and gets a copy of its own.
      if (rest.length === 2) return dynalite.getTable(name, ...rest);
      const table = known.get(name) ?? readRecord<Table>(level, TABLE_PREFIX + name);
      // dynalite words the error for a table that is absent or not usable yet.
      if (table?.TableStatus !== 'ACTIVE' && table?.TableStatus !== 'UPDATING') return dynalite.getTable(name, ...rest);
      known.set(name, table);
      rest[0](null, table);
    },
  };
}

/** The description of a table in use. Throws `ResourceNotFoundException`. */
export function describeTable(tables: Store, name: string): Promise<Table> {
  return new Promise((resolve, reject) => {
    tables.getTable(name, (error, table) => (table === undefined ? reject(error) : resolve(table)));
  });
}

/** The global or local index of that name. */
export function findIndex(table: Table, name: unknown): Index | undefined {
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])];
  return indexes.find((index) => index.IndexName === name);
}

/** `tables` as a read that goes on after `ExclusiveStartKey` has to see them. */
export async function readingFrom(tables: Store, request: Request): Promise<Store> {
  if (request.IndexName === undefined || request.ExclusiveStartKey === undefined) return tables;
  const table = await describeTable(tables, String(request.TableName));
  const index = findIndex(table, request.IndexName);
  return index === undefined ? tables : resumingAfter(tables, request.ExclusiveStartKey as Item, table, index);
}

/**
 * `tables` for a query or scan of an index that goes on after `ExclusiveStartKey`. dynalite knows where an entry begins
 * (see `indexEntryKey`), not where it ends, and would answer the last item of a page once more.
 */
function resumingAfter(tables: Store, startKey: Item, table: Table, index: Index): Store {
  return {
    ...tables,
    getIndexDb(...names) {
      const collection = tables.getIndexDb(...names) as Collection;
      return {
        ...collection,
        createValueStream(range) {
          const start = createIndexKey(startKey, table, index.KeySchema);
          const entry = indexEntryKey(start, createKey(startKey, table));
          const { gt, lt, ...bounds } = range;
          return collection.createValueStream({
            ...bounds,
            ...(gt === undefined ? {} : { gt: gt === start ? entry : gt }),
            ...(lt === undefined ? {} : { lt: lt === start ? entry : lt }),
          });
        },
      };
    },
  };
}
