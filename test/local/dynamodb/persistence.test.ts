import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DescribeTimeToLiveCommand, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startDynamoDb } from '../../../infra/local/dynamodb/dynamodb.ts';
import { documentClient, rejection, TABLE, TABLE_PROPERTIES } from './single-table.ts';

let dataDirectory: string;

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'stay-ops-dynamodb-'));
});

afterEach(() => rm(dataDirectory, { recursive: true }));

const now = () => new Date();

async function withTable(use: (documents: ReturnType<typeof documentClient>) => Promise<void>): Promise<void> {
  const dynamodb = await startDynamoDb({ dataDirectory, now });
  try {
    await use(documentClient(dynamodb.endpoint));
  } finally {
    await dynamodb.close();
  }
}

test('tables, items, index entries and settings survive a restart', async () => {
  const TimeToLiveSpecification = { AttributeName: 'expiresAt', Enabled: true };
  await withTable(async (documents) => {
    await documents.send(new CreateTableCommand(TABLE_PROPERTIES));
    await documents.send(new UpdateTimeToLiveCommand({ TableName: TABLE, TimeToLiveSpecification }));
    await documents.transactWrite({
      TransactItems: ['a', 'b'].map((sk) => ({
        Put: { TableName: TABLE, Item: { pk: 'T#1#A', sk, gsi1pk: 'T#1#G', gsi1sk: sk } },
      })),
    });
  });
  await withTable(async (documents) => {
    const error = await rejection(documents.send(new CreateTableCommand(TABLE_PROPERTIES)));
    expect(error.name).toBe('ResourceInUseException');
    const ttl = await documents.send(new DescribeTimeToLiveCommand({ TableName: TABLE }));
    expect(ttl.TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' });
    await documents.delete({ TableName: TABLE, Key: { pk: 'T#1#A', sk: 'a' } });
    const { Items } = await documents.query({
      TableName: TABLE,
      IndexName: 'gsi1',
      KeyConditionExpression: 'gsi1pk = :pk',
      ExpressionAttributeValues: { ':pk': 'T#1#G' },
    });
    expect(Items).toEqual([{ pk: 'T#1#A', sk: 'b', gsi1pk: 'T#1#G', gsi1sk: 'b' }]);
  });
});

test('on files a transaction is never seen by half, and one of fifty wins', async () => {
  await withTable(async (documents) => {
    await documents.send(new CreateTableCommand(TABLE_PROPERTIES));
    const keys = ['left', 'right'].map((sk) => ({ pk: 'T#1#A', sk }));
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, async (_, n) => {
        const { Responses } = await documents.transactGet({
          TransactItems: keys.map((Key) => ({ Get: { TableName: TABLE, Key } })),
        });
        expect(Responses?.[0]?.Item?.n).toBe(Responses?.[1]?.Item?.n);
        await documents.transactWrite({
          TransactItems: keys.map((key) => ({
            Put: { TableName: TABLE, Item: { ...key, n }, ConditionExpression: 'attribute_not_exists(pk)' },
          })),
        });
      }),
    );
    const reasons = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason.name);
    expect(reasons).toEqual(Array.from({ length: 49 }, () => 'TransactionCanceledException'));
  });
});

test('a reset drops what is on disk', async () => {
  const dynamodb = await startDynamoDb({ dataDirectory, now });
  await documentClient(dynamodb.endpoint).send(new CreateTableCommand(TABLE_PROPERTIES));
  await dynamodb.reset();
  await dynamodb.close();
  await withTable(async (documents) => {
    await documents.send(new CreateTableCommand(TABLE_PROPERTIES));
  });
});

test('a directory in use is refused with a word on why', async () => {
  await withTable(async () => {
    const error = await rejection(startDynamoDb({ dataDirectory, now }));
    expect(error.message).toContain('is another local cloud running on it?');
  });
});

test('a port that is taken is refused; closing twice is closing once', async () => {
  const dynamodb = await startDynamoDb({ dataDirectory: undefined, now });
  const port = Number(new URL(dynamodb.endpoint).port);
  expect((await rejection(startDynamoDb({ dataDirectory: undefined, port, now }))).message).toContain('EADDRINUSE');
  await Promise.all([dynamodb.close(), dynamodb.close()]);
  const again = await startDynamoDb({ dataDirectory: undefined, port, now });
  expect(again.endpoint).toBe(dynamodb.endpoint);
  await again.close();
});
