import type { NativeAttributeValue, QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestTable, TABLE, type TestTable } from './single-table.ts';

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
  for (let row = 0; row < ROWS; row += 25) {
    const puts = Array.from({ length: 25 }, (_, at) => ({ PutRequest: { Item: itemAt(row + at) } }));
    await table.documents.batchWrite({ RequestItems: { [TABLE]: puts } });
  }
});
afterAll(() => table.dynamodb.close());

const ROWS = 500;
type Item = Record<string, NativeAttributeValue>;

/** Some 4 KB each, so that a page of a megabyte ends among them; of types and lengths that the measure takes apart. */
function itemAt(row: number): Item {
  const number = String(row).padStart(4, '0');
  return {
    pk: 'T#1#LONG',
    sk: `ROW#${number}`,
    ...(row % 2 === 0 && { gsi1pk: 'T#1#EVEN', gsi1sk: `${9_999 - row}` }),
    row,
    text: 'á'.repeat(1_000 + (row % 7) * 100),
    bytes: new Uint8Array(500).fill(row % 256),
    list: Array.from({ length: 40 }, (_, at) => ({ at, half: at / 2, flag: at % 2 === 0, nothing: null })),
    words: new Set(['uno', 'dos', `tres ${number}`]),
  };
}

/** The same query answered from the rows' text, and by dynalite: whoever asks for the cost gets the latter. */
async function bothWays(query: Omit<QueryCommandInput, 'TableName'>) {
  const asked = { TableName: TABLE, ...query };
  const { $metadata: _, ...plain } = await table.documents.query(asked);
  const byDynalite = await table.documents.query({ ...asked, ReturnConsumedCapacity: 'TOTAL' });
  const { $metadata: __, ConsumedCapacity: ___, ...parsed } = byDynalite;
  return { plain, parsed };
}

const LONG = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': 'T#1#LONG' } };
const EVEN = { ...LONG, IndexName: 'gsi1', KeyConditionExpression: 'gsi1pk = :pk' };
const EVENS = { ...EVEN, ExpressionAttributeValues: { ':pk': 'T#1#EVEN' } };

describe('a query that hands out whole rows', () => {
  test.each<[string, Omit<QueryCommandInput, 'TableName'>]>([
    ['up to a megabyte', LONG],
    ['backwards', { ...LONG, ScanIndexForward: false }],
    ['some', { ...LONG, Limit: 7 }],
    ['as many as there are', { ...EVENS, Limit: ROWS / 2 }],
    ['of an index', EVENS],
    ['after a row', { ...LONG, ExclusiveStartKey: { pk: 'T#1#LONG', sk: 'ROW#0123' }, Limit: 9 }],
    [
      'of an index, after a row, backwards',
      {
        ...EVENS,
        ScanIndexForward: false,
        ExclusiveStartKey: { pk: 'T#1#LONG', sk: 'ROW#0124', gsi1pk: 'T#1#EVEN', gsi1sk: '9875' },
      },
    ],
    [
      'between two keys',
      {
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :a AND :b',
        ExpressionAttributeValues: { ':pk': 'T#1#LONG', ':a': 'ROW#0010', ':b': 'ROW#0019' },
      },
    ],
    ['to be counted', { ...LONG, Select: 'COUNT' }],
    ['to be counted up to some', { ...EVENS, Select: 'COUNT', Limit: 50, ScanIndexForward: false }],
    ['that are not there', { ...LONG, ExpressionAttributeValues: { ':pk': 'T#1#NONE' } }],
  ])('answers as dynalite does: %s', async (_, query) => {
    const { plain, parsed } = await bothWays(query);
    expect(plain).toEqual(parsed);
  });

  test('ends its page within a megabyte, and the pages together hold every row once', async () => {
    const sizes: number[] = [];
    const rows: NativeAttributeValue[] = [];
    let from: Item | undefined;
    do {
      const { plain } = await bothWays({ ...LONG, ...(from && { ExclusiveStartKey: from }) });
      sizes.push(plain.Items?.length ?? 0);
      rows.push(...(plain.Items ?? []).map(({ row }) => row));
      from = plain.LastEvaluatedKey;
    } while (from !== undefined);
    expect(sizes.length).toBeGreaterThan(1);
    expect(rows).toEqual(Array.from({ length: ROWS }, (_, row) => row));
  });

  test('is refused as any other', async () => {
    const query = { TableName: TABLE, ...LONG, KeyConditionExpression: 'sk = :pk' };
    await expect(table.documents.query(query)).rejects.toThrow('Query condition missed key schema element: pk');
  });
});

describe('rows by their keys', () => {
  const keyAt = (row: number) => ({ pk: 'T#1#LONG', sk: `ROW#${String(row).padStart(4, '0')}` });

  test('come as they were put, those that are not there not at all', async () => {
    const { Item } = await table.documents.get({ TableName: TABLE, Key: keyAt(3) });
    expect(Item).toEqual(itemAt(3));
    expect(await table.documents.get({ TableName: TABLE, Key: keyAt(ROWS) })).not.toHaveProperty('Item');
    const Keys = [3, ROWS, 5].map(keyAt);
    const { Responses, UnprocessedKeys } = await table.documents.batchGet({ RequestItems: { [TABLE]: { Keys } } });
    const found = Responses?.[TABLE] ?? [];
    expect(found.toSorted((a, b) => Number(a.row) - Number(b.row))).toEqual([itemAt(3), itemAt(5)]);
    expect(UnprocessedKeys).toEqual({});
  });

  test('are left to be asked for again where they come to more than one answer holds', async () => {
    const Keys = [9_000, 9_001, 9_002, 9_003].map(keyAt);
    for (const key of Keys) {
      await table.documents.put({ TableName: TABLE, Item: { ...key, text: 'x'.repeat(390_000) } });
    }
    const { Responses, UnprocessedKeys } = await table.documents.batchGet({ RequestItems: { [TABLE]: { Keys } } });
    expect([Responses?.[TABLE]?.length, UnprocessedKeys?.[TABLE]?.Keys?.length]).toEqual([3, 1]);
  });
});
