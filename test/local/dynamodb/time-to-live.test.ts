import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTimeToLiveCommand,
  UpdateContinuousBackupsCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rejection, startTestTable, TABLE, TABLE_PROPERTIES, type TestTable } from './single-table.ts';

const START = new Date('2026-03-01T12:00:00Z');
const SECOND = 1;
const DAY = 24 * 60 * 60 * SECOND;

let table: TestTable;
let documents: DynamoDBDocument;
let now: Date;

beforeEach(async () => {
  now = START;
  table = await startTestTable(() => now);
  documents = table.documents;
});

afterEach(() => table.dynamodb.close());

const startS = START.getTime() / 1000;
const setTtl = (Enabled: boolean, AttributeName = 'expiresAt') =>
  documents.send(
    new UpdateTimeToLiveCommand({ TableName: TABLE, TimeToLiveSpecification: { Enabled, AttributeName } }),
  );
const describeTtl = async () =>
  (await documents.send(new DescribeTimeToLiveCommand({ TableName: TABLE }))).TimeToLiveDescription;
const put = (sk: string, expiresAt: unknown) =>
  documents.put({ TableName: TABLE, Item: { pk: 'T#1#S', sk, expiresAt, gsi1pk: 'T#1#G', gsi1sk: sk } });
const names = async (IndexName?: string) => {
  const { Items } = await documents.scan({ TableName: TABLE, IndexName });
  return Items?.map(({ sk }) => sk).sort();
};

describe('items with a time to live', () => {
  test('are deleted, with their index entries, once the clock has passed it', async () => {
    await setTtl(true);
    await put('soon', startS + 60);
    await put('later', startS + 3 * DAY);
    await put('never', undefined);
    await put('text', `${startS - 60}`);
    await put('ancient', startS - 6 * 365 * DAY);
    expect(await table.dynamodb.deleteExpired()).toBe(0);
    now = new Date(START.getTime() + 2 * DAY * 1000);
    expect(await table.dynamodb.deleteExpired()).toBe(1);
    expect(await names()).toEqual(['ancient', 'later', 'never', 'text']);
    expect(await names('gsi1')).toEqual(['ancient', 'later', 'never', 'text']);
  });

  test('are read until the sweep, and are all found when there are many', async () => {
    await setTtl(true);
    await Promise.all(Array.from({ length: 250 }, (_, n) => put(`${n}`, startS + (n % 2 === 0 ? -1 : 60))));
    expect(await names()).toHaveLength(250);
    expect(await table.dynamodb.deleteExpired()).toBe(125);
    expect(await names()).toHaveLength(125);
  });

  test('stay when it is not enabled', async () => {
    await put('old', startS - 60);
    expect(await table.dynamodb.deleteExpired()).toBe(0);
    await setTtl(true);
    await setTtl(false);
    expect(await table.dynamodb.deleteExpired()).toBe(0);
    expect(await names()).toEqual(['old']);
  });
});

describe('the settings of a table', () => {
  test('say whether time to live is enabled, and on which attribute', async () => {
    expect(await describeTtl()).toEqual({ TimeToLiveStatus: 'DISABLED' });
    await setTtl(true);
    expect(await describeTtl()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' });
    expect((await rejection(setTtl(true))).message).toBe('TimeToLive is already enabled');
    expect((await rejection(setTtl(false, 'other'))).name).toBe('ValidationException');
    await setTtl(false);
    expect((await rejection(setTtl(false))).message).toBe('TimeToLive is already disabled');
  });

  test('note point-in-time recovery', async () => {
    const status = async () =>
      (await documents.send(new DescribeContinuousBackupsCommand({ TableName: TABLE }))).ContinuousBackupsDescription
        ?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
    expect(await status()).toBe('DISABLED');
    const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
    await documents.send(new UpdateContinuousBackupsCommand({ TableName: TABLE, PointInTimeRecoverySpecification }));
    expect(await status()).toBe('ENABLED');
  });

  test('go with the table', async () => {
    await setTtl(true);
    await documents.send(new DeleteTableCommand({ TableName: TABLE }));
    expect((await rejection(describeTtl())).name).toBe('ResourceNotFoundException');
    await documents.send(new CreateTableCommand(TABLE_PROPERTIES));
    expect(await describeTtl()).toEqual({ TimeToLiveStatus: 'DISABLED' });
  });
});
