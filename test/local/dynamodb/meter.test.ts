import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestTable, TABLE, type TestTable } from './single-table.ts';

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable(() => new Date());
});
afterAll(() => table.dynamodb.close());

const TableName = TABLE;
const row = (sk: string, more: object = {}) => ({ pk: 'T#1#S', sk, ...more });
const listed = (sk: string, more: object = {}) => row(sk, { gsi1pk: 'T#1#G', gsi1sk: sk, ...more });
const KB = 'x'.repeat(1_100);

/** What the table would bill for some work. */
async function billed(work: () => Promise<unknown>) {
  await table.dynamodb.meter.start();
  await work();
  return table.dynamodb.meter.consumed();
}

test('a write pays for each KB begun, and for its entry in an index', async () => {
  expect(await billed(() => table.documents.put({ TableName, Item: row('a') }))).toEqual({ read: 0, write: 1 });
  expect(await billed(() => table.documents.put({ TableName, Item: row('b', { KB }) }))).toEqual({ read: 0, write: 2 });
  expect(await billed(() => table.documents.put({ TableName, Item: listed('c') }))).toEqual({ read: 0, write: 2 });
});

test('an entry that moves in its index is taken out and put in; one that stays as it is costs nothing', async () => {
  await table.documents.put({ TableName, Item: listed('d') });
  const moved = listed('d', { gsi1sk: 'e' });
  expect(await billed(() => table.documents.put({ TableName, Item: moved }))).toEqual({ read: 0, write: 3 });
  expect(await billed(() => table.documents.put({ TableName, Item: moved }))).toEqual({ read: 0, write: 1 });
});

test('a deletion pays for what was there', async () => {
  await table.documents.put({ TableName, Item: listed('f', { KB }) });
  const Key = row('f');
  expect(await billed(() => table.documents.delete({ TableName, Key }))).toEqual({ read: 0, write: 4 });
});

test('a transaction pays twice for its rows and checks, once for its index', async () => {
  const check = { TableName, Key: row('a'), ConditionExpression: 'attribute_exists(pk)' };
  const TransactItems = [{ Put: { TableName, Item: listed('g') } }, { ConditionCheck: check }];
  expect(await billed(() => table.documents.transactWrite({ TransactItems }))).toEqual({ read: 0, write: 5 });
});

test('a read pays half of what a consistent one does, a transaction twice as much', async () => {
  const Key = row('a');
  expect(await billed(() => table.documents.get({ TableName, Key }))).toEqual({ read: 0.5, write: 0 });
  expect(await billed(() => table.documents.get({ TableName, Key, ConsistentRead: true }))).toMatchObject({ read: 1 });
  const TransactItems = [{ Get: { TableName, Key } }];
  expect(await billed(() => table.documents.transactGet({ TransactItems }))).toMatchObject({ read: 2 });
});
