import type { Item, LevelWrite, Store, Table, WritableCollection } from 'dynalite/db/index.js';
import { validationError } from './errors.ts';
import { indexEntryKey, indexPrefix, itemPrefix, readRecord, TEXT } from './records.ts';
import { findIndex } from './store.ts';

/** The writes of one or more actions, held back until they can be committed as one batch. */
export interface Stage {
  /** What the action is given as its store: reads see what is committed, writes go to `writes`. */
  readonly store: Store;
  readonly writes: LevelWrite[];
  /** The key, within its table, of the item that the last action looked at; undefined when it was refused before. */
  itemKey: string | undefined;
  /** That item as it was; undefined when there was none. */
  existing: Item | undefined;
}

/**
 * A store for the actions of dynalite that write. Every call answers at once, so that an action runs from the check of
 * its condition to the last of its writes in one go.
 */
export function stageWrites(tables: Store): Stage {
  const store: Store = {
    ...tables,
    getItemDb: (table) => stagedCollection(stage, itemPrefix(table)),
    getIndexDb: (kind, table, index) => stagedIndex(stage, indexPrefix(kind, table, index), table, index),
  };
  const stage: Stage = { store, writes: [], itemKey: undefined, existing: undefined };
  return stage;
}

function stagedCollection(stage: Stage, prefix: string): WritableCollection {
  return {
    lock(key, run) {
      stage.itemKey = key;
      run((callback) => callback);
    },
    get(key, callback) {
      stage.existing = readRecord(stage.store.db, prefix + key);
      callback(null, stage.existing);
    },
    put(key, item, callback) {
      stage.writes.push({ type: 'put', key: prefix + key, value: JSON.stringify(item), ...TEXT });
      callback(null);
    },
    del(key, callback) {
      stage.writes.push({ type: 'del', key: prefix + key });
      callback(null);
    },
  };
}

function stagedIndex(stage: Stage, prefix: string, tableName: string, indexName: string): WritableCollection {
  const entries = stagedCollection(stage, prefix);
  const entryKey = (key: string) => indexEntryKey(key, stage.itemKey ?? '');
  return {
    ...entries,
    put(key, item, callback) {
      stage.store.getTable(tableName, (error, table) => {
        const refused = error ?? emptyIndexKey(table, indexName, item);
        if (refused !== null) return callback(refused);
        entries.put(entryKey(key), item, callback);
      });
    },
    del: (key, callback) => entries.del(entryKey(key), callback),
  };
}

/** DynamoDB refuses an empty string or binary as an index key; dynalite lets it pass. */
function emptyIndexKey(table: Table | undefined, indexName: string, item: Item): Error | null {
  const index = table === undefined ? undefined : findIndex(table, indexName);
  const empty = index?.KeySchema.find(({ AttributeName: name }) => item[name]?.S === '' || item[name]?.B === '');
  if (empty === undefined) return null;
  return validationError(
    'One or more parameter values are not valid. A value specified for a secondary index key is not supported. ' +
      'The AttributeValue for a key attribute cannot contain an empty string value. ' +
      `IndexName: ${indexName}, IndexKey: ${empty.AttributeName}`,
  );
}
