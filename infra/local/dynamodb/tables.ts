import { setImmediate } from 'node:timers/promises';
import createTable from 'dynalite/actions/createTable.js';
import deleteTable from 'dynalite/actions/deleteTable.js';
import describeTable from 'dynalite/actions/describeTable.js';
import listTables from 'dynalite/actions/listTables.js';
import listTagsOfResource from 'dynalite/actions/listTagsOfResource.js';
import tagResource from 'dynalite/actions/tagResource.js';
import untagResource from 'dynalite/actions/untagResource.js';
import updateTable from 'dynalite/actions/updateTable.js';
import type { Store, Table } from 'dynalite/db/index.js';
import * as createTableRules from 'dynalite/validations/createTable.js';
import * as deleteTableRules from 'dynalite/validations/deleteTable.js';
import * as describeTableRules from 'dynalite/validations/describeTable.js';
import * as listTablesRules from 'dynalite/validations/listTables.js';
import * as listTagsOfResourceRules from 'dynalite/validations/listTagsOfResource.js';
import * as tagResourceRules from 'dynalite/validations/tagResource.js';
import * as untagResourceRules from 'dynalite/validations/untagResource.js';
import * as updateTableRules from 'dynalite/validations/updateTable.js';
import { type Action, type Operation, type Rules, run, validate } from './actions.ts';
import { serviceError } from './errors.ts';
import { readRecord, TABLE_PREFIX } from './records.ts';
import type { TableStore } from './store.ts';
import { forgetSettings } from './table-settings.ts';

/** The operations on tables and their tags. */
export function tableOperations(store: TableStore): Record<string, Operation> {
  const operation =
    (action: Action, rules: Rules): Operation =>
    (body) =>
      run(action, store.tables, validate(rules, body, store.tables));
  const changing =
    (action: Action, rules: Rules): Operation =>
    async (body) => {
      const request = validate(rules, body, store.tables);
      const name = String(request.TableName);
      return store.exclusive(async () => {
        if (action === createTable) refuseExisting(store.tables, name);
        const result = await run(action, store.tables, request);
        if (action === deleteTable) await forgetSettings(store, name);
        await settled(store.tables, name);
        return result;
      });
    };
  return {
    CreateTable: changing(createTable, createTableRules),
    UpdateTable: changing(updateTable, updateTableRules),
    DeleteTable: changing(deleteTable, deleteTableRules),
    DescribeTable: operation(describeTable, describeTableRules),
    ListTables: operation(listTables, listTablesRules),
    TagResource: operation(tagResource, tagResourceRules),
    UntagResource: operation(untagResource, untagResourceRules),
    ListTagsOfResource: operation(listTagsOfResource, listTagsOfResourceRules),
  };
}

/** dynalite refuses too, but with an empty message. */
function refuseExisting(tables: Store, name: string): void {
  if (readRecord(tables.db, TABLE_PREFIX + name) === undefined) return;
  throw serviceError('ResourceInUseException', `Table already exists: ${name}`);
}

/** A change of a table is answered when it is complete, so that nobody has to wait and ask: ready is ready. */
async function settled(tables: Store, name: string): Promise<void> {
  const inProgress = () => {
    const table = readRecord<Table>(tables.db, TABLE_PREFIX + name);
    return table !== undefined && table.TableStatus !== 'ACTIVE';
  };
  while (inProgress()) await setImmediate();
}
