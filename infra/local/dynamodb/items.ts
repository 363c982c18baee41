import batchGetItem from 'dynalite/actions/batchGetItem.js';
import batchWriteItem from 'dynalite/actions/batchWriteItem.js';
import deleteItem from 'dynalite/actions/deleteItem.js';
import getItem from 'dynalite/actions/getItem.js';
import putItem from 'dynalite/actions/putItem.js';
import query from 'dynalite/actions/query.js';
import scan from 'dynalite/actions/scan.js';
import updateItem from 'dynalite/actions/updateItem.js';
import * as batchGetItemRules from 'dynalite/validations/batchGetItem.js';
import * as batchWriteItemRules from 'dynalite/validations/batchWriteItem.js';
import * as deleteItemRules from 'dynalite/validations/deleteItem.js';
import * as getItemRules from 'dynalite/validations/getItem.js';
import type { Request } from 'dynalite/validations/index.js';
import * as putItemRules from 'dynalite/validations/putItem.js';
import * as queryRules from 'dynalite/validations/query.js';
import * as scanRules from 'dynalite/validations/scan.js';
import * as updateItemRules from 'dynalite/validations/updateItem.js';
import { type Action, type Operation, type Rules, run, validate } from './actions.ts';
import { errorName, isServiceError } from './errors.ts';
import type { Meter } from './meter.ts';
import { PLAIN_READS, type PlainRead } from './plain-reads.ts';
import { type Stage, stageWrites } from './staging.ts';
import { readingFrom, type TableStore } from './store.ts';

/** An action and what its request must look like. */
export interface ItemAction {
  readonly action: Action;
  readonly rules: Rules;
}

const RETURN_ON_FAILURE = { ReturnValuesOnConditionCheckFailure: { type: 'String', enum: ['ALL_OLD', 'NONE'] } };

const conditional = ({ types, custom }: Rules): Rules => ({ types: { ...types, ...RETURN_ON_FAILURE }, custom });

/** The operations that read or write one item. */
export const GET: ItemAction = { action: getItem, rules: getItemRules };
export const PUT: ItemAction = { action: putItem, rules: conditional(putItemRules) };
export const UPDATE: ItemAction = { action: updateItem, rules: conditional(updateItemRules) };
export const DELETE: ItemAction = { action: deleteItem, rules: conditional(deleteItemRules) };

/** The operations on items, transactions apart, by the name in the API reference. */
export function itemOperations(store: TableStore, meter: Meter): Record<string, Operation> {
  return {
    GetItem: reading(store, meter, { ...GET, plain: PLAIN_READS.GetItem }),
    BatchGetItem: reading(store, meter, {
      action: batchGetItem,
      rules: batchGetItemRules,
      plain: PLAIN_READS.BatchGetItem,
    }),
    Query: reading(store, meter, { action: query, rules: queryRules, plain: PLAIN_READS.Query }),
    Scan: reading(store, meter, { action: scan, rules: scanRules }),
    PutItem: writing(store, meter, PUT),
    UpdateItem: writing(store, meter, UPDATE),
    DeleteItem: writing(store, meter, DELETE),
    BatchWriteItem: writing(store, meter, { action: batchWriteItem, rules: batchWriteItemRules }),
  };
}

interface ReadAction extends ItemAction {
  /** Tried first. */
  readonly plain?: PlainRead;
}

function reading(store: TableStore, meter: Meter, { action, rules, plain }: ReadAction): Operation {
  return async (body) => {
    const request = validate(rules, body, store.tables);
    const answer = meter.on ? undefined : await plain?.(store.tables, request);
    if (answer !== undefined) return answer;
    const tables = await readingFrom(store.tables, request);
    if (!meter.on) return run(action, tables, request);
    const { ConsumedCapacity, ...result } = await run(action, tables, { ...request, ReturnConsumedCapacity: 'TOTAL' });
    meter.noteRead(ConsumedCapacity);
    return result;
  };
}

function writing(store: TableStore, meter: Meter, { action, rules }: ItemAction): Operation {
  return async (body) => {
    const request = validate(rules, body, store.tables);
    return store.exclusive(async () => {
      const stage = stageWrites(store.tables);
      const result = await runStaged(action, stage, request);
      meter.noteWrites(stage.writes);
      await store.commit(stage.writes);
      return result;
    });
  };
}

/** Runs an action that writes into `stage`, and adds the item that failed the condition to the error when asked to. */
export async function runStaged(action: Action, stage: Stage, request: Request): Promise<Record<string, unknown>> {
  try {
    return await run(action, stage.store, request);
  } catch (error) {
    const asked = request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && stage.existing !== undefined;
    if (asked && isServiceError(error) && errorName(error) === 'ConditionalCheckFailedException') {
      error.body.Item = stage.existing;
    }
    throw error;
  }
}
