import type { DynamoDBDocument, TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rejection, startTestTable, TABLE, type TestTable } from './single-table.ts';

let table: TestTable;
let documents: DynamoDBDocument;
let clockOffsetMs = 0;

beforeAll(async () => {
  table = await startTestTable(() => new Date(Date.now() + clockOffsetMs));
  documents = table.documents;
});

afterAll(() => table.dynamodb.close());

type Parts = NonNullable<TransactWriteCommandInput['TransactItems']>;

const transact = (parts: Parts, token?: string) =>
  documents.transactWrite({ TransactItems: parts, ClientRequestToken: token });

const key = (pk: string, sk = 'a') => ({ pk: `T#1#${pk}`, sk });
const putNew = (item: Record<string, unknown>): Parts[number] => ({
  Put: { TableName: TABLE, Item: item, ConditionExpression: 'attribute_not_exists(pk)' },
});
const read = async (itemKey: Record<string, unknown>) =>
  (await documents.get({ TableName: TABLE, Key: itemKey, ConsistentRead: true })).Item;
const openBookings = async (gsi1pk: string) =>
  (
    await documents.query({
      TableName: TABLE,
      IndexName: 'gsi1',
      KeyConditionExpression: 'gsi1pk = :pk',
      ExpressionAttributeValues: { ':pk': gsi1pk },
    })
  ).Items;

describe('a transaction', () => {
  test('puts, updates, deletes and checks in one go, index entries included', async () => {
    await documents.put({ TableName: TABLE, Item: { ...key('all', 'old'), gsi1pk: 'T#1#all', gsi1sk: 'old' } });
    await documents.put({
      TableName: TABLE,
      Item: { ...key('all', 'count'), n: 1, gsi1pk: 'T#1#all', gsi1sk: 'count' },
    });
    await documents.put({ TableName: TABLE, Item: key('all', 'guard') });
    await transact([
      putNew({ ...key('all', 'new'), gsi1pk: 'T#1#all', gsi1sk: 'new' }),
      {
        Update: {
          TableName: TABLE,
          Key: key('all', 'count'),
          UpdateExpression: 'SET n = n + :one, gsi1sk = :moved',
          ExpressionAttributeValues: { ':one': 1, ':moved': 'moved' },
        },
      },
      { Delete: { TableName: TABLE, Key: key('all', 'old'), ConditionExpression: 'attribute_exists(pk)' } },
      { ConditionCheck: { TableName: TABLE, Key: key('all', 'guard'), ConditionExpression: 'attribute_exists(pk)' } },
    ]);
    const { Items } = await documents.query({
      TableName: TABLE,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': 'T#1#all' },
    });
    expect(Items?.map(({ sk, n }) => [sk, n])).toEqual([
      ['count', 2],
      ['guard', undefined],
      ['new', undefined],
    ]);
    expect((await openBookings('T#1#all'))?.map(({ gsi1sk }) => gsi1sk)).toEqual(['moved', 'new']);
  });

  test('that fails writes nothing and gives one reason for each part, in order', async () => {
    await documents.put({ TableName: TABLE, Item: { ...key('fail'), owner: 'someone' } });
    const taken = putNew(key('fail'));
    const error = await rejection(
      transact([
        putNew({ ...key('fail', 'new'), gsi1pk: 'T#1#fail', gsi1sk: 'x' }),
        { Put: { TableName: TABLE, ...taken.Put, Item: key('fail'), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } },
        {
          Update: {
            TableName: TABLE,
            Key: key('fail', 'absent'),
            UpdateExpression: 'SET n = n + :one',
            ExpressionAttributeValues: { ':one': 1 },
          },
        },
        {
          ConditionCheck: {
            TableName: TABLE,
            Key: key('fail', 'guard'),
            ConditionExpression: 'attribute_exists(pk)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
      ]),
    );
    expect(error.name).toBe('TransactionCanceledException');
    expect(error.message).toBe(
      'Transaction cancelled, please refer cancellation reasons for specific reasons ' +
        '[None, ConditionalCheckFailed, ValidationError, ConditionalCheckFailed]',
    );
    expect(error.CancellationReasons).toEqual([
      { Code: 'None' },
      {
        Code: 'ConditionalCheckFailed',
        Message: 'The conditional request failed',
        Item: { pk: { S: 'T#1#fail' }, sk: { S: 'a' }, owner: { S: 'someone' } },
      },
      {
        Code: 'ValidationError',
        Message: 'The provided expression refers to an attribute that does not exist in the item',
      },
      { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' },
    ]);
    expect(await read(key('fail', 'new'))).toBeUndefined();
    expect(await openBookings('T#1#fail')).toEqual([]);
  });

  test('is won by exactly one of fifty that want the same item', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) => transact([putNew({ ...key('race'), n }), putNew(key('race', `own-${n}`))])),
    );
    const winners = outcomes.flatMap(({ status }, n) => (status === 'fulfilled' ? [n] : []));
    expect(winners).toHaveLength(1);
    expect(await read(key('race'))).toMatchObject({ n: winners[0] });
    const { Items } = await documents.query({
      TableName: TABLE,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :own)',
      ExpressionAttributeValues: { ':pk': 'T#1#race', ':own': 'own-' },
    });
    expect(Items?.map(({ sk }) => sk)).toEqual([`own-${winners[0]}`]);
  });

  test('loses no step to single writes of the same item at the same time', async () => {
    const step = {
      TableName: TABLE,
      Key: key('mixed'),
      UpdateExpression: 'ADD n :one',
      ExpressionAttributeValues: { ':one': 1 },
    };
    await Promise.all(
      Array.from({ length: 25 }, (_, n) => [
        transact([{ Update: step }, putNew(key('mixed', `${n}`))]),
        documents.update(step),
      ]).flat(),
    );
    expect(await read(key('mixed'))).toMatchObject({ n: 50 });
  });

  test('is never seen by half', async () => {
    const both = [key('pair', 'left'), key('pair', 'right')];
    const write = (n: number) =>
      transact(both.map((itemKey) => ({ Put: { TableName: TABLE, Item: { ...itemKey, n } } })));
    await write(0);
    const writing = (async () => {
      for (let n = 1; n <= 50; n += 1) await write(n);
    })();
    const seen: unknown[][] = [];
    for (let n = 0; n < 50; n += 1) {
      const [query, gets] = await Promise.all([
        documents.query({
          TableName: TABLE,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': 'T#1#pair' },
        }),
        documents.transactGet({ TransactItems: both.map((itemKey) => ({ Get: { TableName: TABLE, Key: itemKey } })) }),
      ]);
      seen.push(query.Items?.map((item) => item.n) ?? [], gets.Responses?.map(({ Item }) => Item?.n) ?? []);
    }
    await writing;
    for (const [left, right] of seen) expect(left).toBe(right);
  });

  test('is refused when two parts name one item, even if a condition fails as well', async () => {
    await documents.put({ TableName: TABLE, Item: key('twice') });
    const error = await rejection(
      transact([putNew(key('twice')), { Delete: { TableName: TABLE, Key: key('twice') } }]),
    );
    expect(error).toMatchObject({
      name: 'ValidationException',
      message: 'Transaction request cannot include multiple operations on one item',
    });
  });

  test.each<[string, Parts, string]>([
    ['has no part', [], 'ValidationException'],
    [
      'has more than 100 parts',
      Array.from({ length: 101 }, (_, n) => putNew(key('many', `${n}`))),
      'ValidationException',
    ],
    [
      'has a part of two kinds',
      [{ ...putNew(key('two')), Delete: { TableName: TABLE, Key: key('two', 'b') } }],
      'ValidationException',
    ],
    [
      'checks without a condition',
      [{ ConditionCheck: { TableName: TABLE, Key: key('x'), ConditionExpression: undefined } }],
      'ValidationException',
    ],
    [
      'has an expression that does not parse',
      [{ Delete: { TableName: TABLE, Key: key('x'), ConditionExpression: 'pk ==' } }],
      'ValidationException',
    ],
    [
      'names a table that does not exist',
      [{ Put: { TableName: 'no-such-table', Item: key('x') } }],
      'ResourceNotFoundException',
    ],
  ])('is refused when it %s', async (_, parts, name) => {
    expect((await rejection(transact(parts))).name).toBe(name);
  });

  test('takes 100 parts', async () => {
    await transact(Array.from({ length: 100 }, (_, n) => putNew(key('hundred', `${n}`))));
    const { Count } = await documents.query({
      TableName: TABLE,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': 'T#1#hundred' },
      Select: 'COUNT',
    });
    expect(Count).toBe(100);
  });
});

describe('a client request token', () => {
  const count = (itemKey: Record<string, unknown>, by = 1): Parts => [
    {
      Update: {
        TableName: TABLE,
        Key: itemKey,
        UpdateExpression: 'ADD n :by',
        ExpressionAttributeValues: { ':by': by },
      },
    },
  ];

  test('makes a repeat succeed without effect, for ten minutes', async () => {
    const itemKey = key('token');
    await Promise.all([transact(count(itemKey), 'token-1'), transact(count(itemKey), 'token-1')]);
    expect(await read(itemKey)).toMatchObject({ n: 1 });
    clockOffsetMs = 11 * 60 * 1000;
    await table.dynamodb.deleteExpired();
    await transact(count(itemKey), 'token-1');
    expect(await read(itemKey)).toMatchObject({ n: 2 });
  });

  test('is refused for another request', async () => {
    await transact(count(key('token-other')), 'token-2');
    const error = await rejection(transact(count(key('token-other'), 2), 'token-2'));
    expect(error.name).toBe('IdempotentParameterMismatchException');
    expect(await read(key('token-other'))).toMatchObject({ n: 1 });
  });

  test('of a transaction that failed lets the repeat try again', async () => {
    const parts: Parts = [
      { ConditionCheck: { TableName: TABLE, Key: key('token-gate'), ConditionExpression: 'attribute_exists(pk)' } },
      ...count(key('token-gated')),
    ];
    expect((await rejection(transact(parts, 'token-3'))).name).toBe('TransactionCanceledException');
    await documents.put({ TableName: TABLE, Item: key('token-gate') });
    await transact(parts, 'token-3');
    expect(await read(key('token-gated'))).toMatchObject({ n: 1 });
  });

  test('of more than 36 characters is refused', async () => {
    expect((await rejection(transact(count(key('token-long')), 'x'.repeat(37)))).name).toBe('ValidationException');
  });
});

describe('reading in a transaction', () => {
  test('answers in order, with an empty place for what is absent', async () => {
    await documents.put({ TableName: TABLE, Item: { ...key('get', 'a'), name: 'A', secret: 'x' } });
    const get = (sk: string) => ({
      Get: {
        TableName: TABLE,
        Key: key('get', sk),
        ProjectionExpression: '#n',
        ExpressionAttributeNames: { '#n': 'name' },
      },
    });
    const { Responses } = await documents.transactGet({ TransactItems: [get('b'), get('a')] });
    expect(Responses).toEqual([{}, { Item: { name: 'A' } }]);
  });

  test('names the part that is at fault', async () => {
    const error = await rejection(
      documents.transactGet({
        TransactItems: [
          { Get: { TableName: TABLE, Key: key('get') } },
          { Get: { TableName: TABLE, Key: { pk: 'T#1#get' } } },
        ],
      }),
    );
    expect(error.name).toBe('TransactionCanceledException');
    expect(error.CancellationReasons).toMatchObject([{ Code: 'None' }, { Code: 'ValidationError' }]);
  });
});
