import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DynamoDb, startDynamoDb } from '../../../infra/local/dynamodb/dynamodb.ts';
import { type Call, pipeline } from './pipeline.ts';
import { documentClient, TABLE, TABLE_PROPERTIES } from './single-table.ts';

const key = (pk: string, sk = 'a') => ({ pk: { S: `T#1#${pk}` }, sk: { S: sk } });
const number = (n: number) => ({ N: String(n) });
const putNew = (Item: object) => ({ TableName: TABLE, Item, ConditionExpression: 'attribute_not_exists(pk)' });
const add = (Key: object) => ({
  TableName: TABLE,
  Key,
  UpdateExpression: 'ADD n :one',
  ExpressionAttributeValues: { ':one': number(1) },
});
const transact = (...TransactItems: object[]): Call => ['TransactWriteItems', { TransactItems }];

/** On files a commit happens on another thread, so that a request may come between a condition and its write. */
describe.each(['in memory', 'on files'])('requests that arrive together, %s', (where) => {
  let directory: string;
  let dynamodb: DynamoDb;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'stay-ops-dynamodb-'));
    const dataDirectory = where === 'on files' ? directory : undefined;
    dynamodb = await startDynamoDb({ dataDirectory, now: () => new Date() });
    await documentClient(dynamodb.endpoint).send(new CreateTableCommand(TABLE_PROPERTIES));
  });

  afterAll(async () => {
    await dynamodb.close();
    await rm(directory, { recursive: true });
  });

  const send = (...calls: Call[]) => pipeline(dynamodb.endpoint, calls);
  const read = async (Key: object) => (await send(['GetItem', { TableName: TABLE, Key }]))[0]?.Item;

  test('one of fifty creates the item, by itself or in a transaction', async () => {
    const answers = await send(
      ...Array.from({ length: 50 }, (_, n): Call => {
        const put = putNew({ ...key('one'), n: number(n) });
        return n % 2 === 0 ? ['PutItem', put] : transact({ Put: put }, { Put: putNew(key('one', `${n}`)) });
      }),
    );
    expect(answers.map(({ __type: type }) => type === undefined)).toEqual(
      Array.from({ length: 50 }, (_, n) => n === 0),
    );
    expect(await read(key('one'))).toMatchObject({ n: number(0) });
    expect(await read(key('one', '1'))).toBeUndefined();
  });

  test('no step of a counter is lost between updates, transactions and batches', async () => {
    await send(
      ...Array.from({ length: 30 }, (_, n): Call[] => [
        ['UpdateItem', add(key('count'))],
        transact({ Update: add(key('count')) }, { Put: putNew(key('count', `${n}`)) }),
        ['BatchWriteItem', { RequestItems: { [TABLE]: [{ PutRequest: { Item: key('count', `batch-${n}`) } }] } }],
      ]).flat(),
    );
    expect(await read(key('count'))).toMatchObject({ n: number(60) });
  });

  test('a transaction reads what the one before it has written', async () => {
    const both = [key('pair', 'left'), key('pair', 'right')];
    const answers = await send(
      ...Array.from({ length: 20 }, (_, n): Call[] => [
        transact(...both.map((itemKey) => ({ Put: { TableName: TABLE, Item: { ...itemKey, n: number(n) } } }))),
        ['TransactGetItems', { TransactItems: both.map((Key) => ({ Get: { TableName: TABLE, Key } })) }],
      ]).flat(),
    );
    const seen = answers.flatMap(({ Responses }) => (Array.isArray(Responses) ? [Responses] : []));
    expect(seen.map((responses) => responses.map(({ Item }) => Item.n.N))).toEqual(
      Array.from({ length: 20 }, (_, n) => [`${n}`, `${n}`]),
    );
  });
});
