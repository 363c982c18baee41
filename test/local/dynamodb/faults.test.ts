import { type DynamoDBDocument, GetCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { documentClient, rejection, startTestTable, TABLE, type TestTable } from './single-table.ts';

let table: TestTable;
let documents: DynamoDBDocument;

beforeAll(async () => {
  table = await startTestTable();
  documents = table.documents;
});

beforeEach(async () => {
  await table.dynamodb.faults.clear();
  await table.dynamodb.faults.resetCounts();
});

afterAll(() => table.dynamodb.close());

const Key = { pk: 'T#1#F', sk: 'a' };
const put = (client = documents) => client.put({ TableName: TABLE, Item: Key });
const get = (client = documents) => client.get({ TableName: TABLE, Key });

describe('a fault', () => {
  test('throttles the operation it names as often as it says, and no other', async () => {
    await table.dynamodb.faults.set({ operation: 'PutItem', error: 'throttle', times: 2 });
    expect((await rejection(put())).name).toBe('ProvisionedThroughputExceededException');
    await get();
    expect(await rejection(put())).toMatchObject({ $metadata: { httpStatusCode: 400 } });
    await put();
  });

  test('without an operation strikes any', async () => {
    await table.dynamodb.faults.set({ error: 'internal', times: 1 });
    expect(await rejection(get())).toMatchObject({
      name: 'InternalServerError',
      $metadata: { httpStatusCode: 500 },
    });
    await get();
  });

  test('drops the connection', async () => {
    await table.dynamodb.faults.set({ operation: 'GetItem', error: 'drop', times: 1 });
    expect(await rejection(get())).toMatchObject({ code: 'ECONNRESET' });
    await get();
  });

  test('leaves a request without an answer', async () => {
    await table.dynamodb.faults.set({ operation: 'GetItem', error: 'timeout', times: 1 });
    const impatient = new AbortController();
    const asked = documents.send(new GetCommand({ TableName: TABLE, Key }), { abortSignal: impatient.signal });
    await expect.poll(() => table.dynamodb.faults.counts()).toEqual({ GetItem: 1 });
    await get();
    impatient.abort();
    expect((await rejection(asked)).name).toBe('AbortError');
  });

  test('can carry the write out and lose its answer', async () => {
    const item = { pk: 'T#1#F', sk: 'lost' };
    await table.dynamodb.faults.set({ operation: 'PutItem', error: 'drop', times: 1, carriedOut: true });
    await rejection(documents.put({ TableName: TABLE, Item: item }));
    expect((await documents.get({ TableName: TABLE, Key: item })).Item).toEqual(item);
  });

  test('is taken back', async () => {
    await table.dynamodb.faults.set({ operation: 'GetItem', error: 'internal', times: 5 });
    await table.dynamodb.faults.clear();
    await get();
  });

  test('is overcome by the repeats of the SDK, which repeat a transaction without a second effect', async () => {
    const patient = documentClient(table.dynamodb.endpoint, 3);
    await table.dynamodb.faults.set({ error: 'throttle', times: 2 });
    await put(patient);
    await table.dynamodb.faults.set({ operation: 'TransactWriteItems', error: 'internal', times: 1, carriedOut: true });
    const step = { TableName: TABLE, Key: { pk: 'T#1#F', sk: 'n' }, UpdateExpression: 'ADD n :one' };
    await patient.transactWrite({ TransactItems: [{ Update: { ...step, ExpressionAttributeValues: { ':one': 1 } } }] });
    expect((await documents.get({ TableName: TABLE, Key: step.Key })).Item).toMatchObject({ n: 1 });
  });
});

test('requests are counted by operation, failed ones included', async () => {
  await put();
  await get();
  await table.dynamodb.faults.set({ operation: 'GetItem', error: 'throttle', times: 1 });
  await rejection(get());
  expect(await table.dynamodb.faults.counts()).toEqual({ PutItem: 1, GetItem: 2 });
  await table.dynamodb.faults.resetCounts();
  expect(await table.dynamodb.faults.counts()).toEqual({});
});

describe('a request that is no DynamoDB request', () => {
  const post = async (body: string, headers: Record<string, string>) => {
    const response = await fetch(table.dynamodb.endpoint, { method: 'POST', body, headers });
    const answer = (await response.json()) as { __type: string };
    return [response.status, answer.__type.replace(/^.*#/, '')];
  };
  const headers = { 'x-amz-target': 'DynamoDB_20120810.GetItem', authorization: 'AWS4-HMAC-SHA256 Credential=x' };

  test.each([
    ['names no operation', '{}', { authorization: headers.authorization }, 'UnknownOperationException'],
    [
      'names an unknown one',
      '{}',
      { ...headers, 'x-amz-target': 'DynamoDB_20120810.toString' },
      'UnknownOperationException',
    ],
    ['is not signed', '{}', { 'x-amz-target': headers['x-amz-target'] }, 'MissingAuthenticationTokenException'],
    ['is not JSON', '{', headers, 'SerializationException'],
    ['is not an object', '[]', headers, 'SerializationException'],
    ['has a number for a name', '{"TableName":7}', headers, 'SerializationException'],
  ])('because it %s is answered with 400', async (_, body, sent, type) => {
    expect(await post(body, sent as Record<string, string>)).toEqual([400, type]);
  });

  test('because it is too large is answered with 413', async () => {
    expect(await post('x'.repeat(17 * 1024 * 1024), headers)).toEqual([413, 'RequestEntityTooLarge']);
  });
});
