import { setImmediate } from 'node:timers/promises';
import { createKey, type Item, type Table } from 'dynalite/db/index.js';
import { DELETE, runStaged } from './items.ts';
import { itemPrefix, rangeWithin, readRecord, readValues, TABLE_PREFIX } from './records.ts';
import { stageWrites } from './staging.ts';
import { describeTable, type TableStore } from './store.ts';
import { readSettings } from './table-settings.ts';

const FIVE_YEARS_S = 5 * 365 * 24 * 60 * 60;

/**
 * Deletes the items whose time to live has passed and answers how many there were. As in DynamoDB the attribute is a
 * number of seconds since the epoch, and one that lies more than five years back is not taken for an expiry.
 */
export async function deleteExpired(store: TableStore, now: number): Promise<number> {
  const names = await store.tables.db.keys(rangeWithin(TABLE_PREFIX)).all();
  let deleted = 0;
  for (const name of names.map((key) => key.slice(TABLE_PREFIX.length))) {
    const { ttlAttribute } = readSettings(store.tables, name);
    if (ttlAttribute === undefined) continue;
    const table = await describeTable(store.tables, name);
    const expired = (item: Item | undefined): item is Item => isExpired(item?.[ttlAttribute]?.N, now / 1000);
    // Most items carry no expiry: a look at the text saves parsing them.
    const mark = `${JSON.stringify(ttlAttribute)}:{"N":`;
    for await (const values of readValues(store.tables.db, rangeWithin(itemPrefix(name)))) {
      const items = values.filter((value) => value.includes(mark)).map((value): Item => JSON.parse(value));
      deleted += await deleteItems(store, table, items.filter(expired), expired);
      // Lets waiting requests go first.
      await setImmediate();
    }
  }
  return deleted;
}

function isExpired(attribute: unknown, nowS: number): boolean {
  if (attribute === undefined) return false;
  const expiry = Number(attribute);
  return expiry < nowS && expiry > nowS - FIVE_YEARS_S;
}

/** Deletes those of `items` that are still as `due` wants them: they may have been written since they were read. */
async function deleteItems(
  store: TableStore,
  table: Table,
  items: readonly Item[],
  due: (item: Item | undefined) => boolean,
): Promise<number> {
  if (items.length === 0) return 0;
  return store.exclusive(async () => {
    const stage = stageWrites(store.tables);
    const still = items.filter((item) =>
      due(readRecord(store.tables.db, itemPrefix(table.TableName) + createKey(item, table))),
    );
    for (const item of still) {
      const Key = Object.fromEntries(table.KeySchema.map(({ AttributeName: name }) => [name, item[name]]));
      await runStaged(DELETE.action, stage, { TableName: table.TableName, Key });
    }
    await store.commit(stage.writes);
    return still.length;
  });
}
