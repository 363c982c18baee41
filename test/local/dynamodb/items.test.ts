import { CreateTableCommand, DescribeTableCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { rejection, startTestTable, TABLE, TABLE_PROPERTIES, type TestTable } from './single-table.ts';

let table: TestTable;
let documents: DynamoDBDocument;

beforeAll(async () => {
  table = await startTestTable();
  documents = table.documents;
});

beforeEach(async () => {
  await table.dynamodb.reset();
  await documents.send(new CreateTableCommand(TABLE_PROPERTIES));
});

afterAll(() => table.dynamodb.close());

const KEY = { pk: 'T#1#A', sk: 'a' };
const put = (item: Record<string, unknown>) => documents.put({ TableName: TABLE, Item: item });
const read = async (key: Record<string, unknown> = KEY) =>
  (await documents.get({ TableName: TABLE, Key: key, ConsistentRead: true })).Item;

async function updated(
  expression: string,
  values: Record<string, unknown> | undefined,
  names?: Record<string, string>,
): Promise<unknown> {
  const { Attributes } = await documents.update({
    TableName: TABLE,
    Key: KEY,
    UpdateExpression: expression,
    ExpressionAttributeValues: values,
    ExpressionAttributeNames: names,
    ReturnValues: 'ALL_NEW',
  });
  return Attributes;
}

describe('one item', () => {
  test('comes back as it was put, every type of it', async () => {
    const item = {
      ...KEY,
      text: 'Ñandú ✓ "quoted"',
      empty: '',
      number: -1.5,
      flag: false,
      nothing: null,
      list: [1, 'two', { three: [3] }],
      map: { nested: { deep: true } },
      words: new Set(['a', 'b']),
      bytes: new Uint8Array([0, 255, 7]),
    };
    await put(item);
    expect(await read()).toEqual(item);
  });

  test('is projected to what was asked for', async () => {
    await put({ ...KEY, map: { a: 1, b: 2 }, list: ['x', 'y'], other: true });
    const { Item } = await documents.get({
      TableName: TABLE,
      Key: KEY,
      ProjectionExpression: '#m.a, #l[1]',
      ExpressionAttributeNames: { '#m': 'map', '#l': 'list' },
    });
    expect(Item).toEqual({ map: { a: 1 }, list: ['y'] });
  });

  test('is absent after its deletion, which answers the old one', async () => {
    await put({ ...KEY, name: 'x' });
    const { Attributes } = await documents.delete({ TableName: TABLE, Key: KEY, ReturnValues: 'ALL_OLD' });
    expect(Attributes).toEqual({ ...KEY, name: 'x' });
    expect(await read()).toBeUndefined();
  });

  test('is refused with a key that does not fit the table, in a table that does not exist, or too large', async () => {
    expect((await rejection(put({ pk: 'T#1#A' }))).name).toBe('ValidationException');
    expect((await rejection(documents.get({ TableName: TABLE, Key: { pk: 'T#1#A' } }))).name).toBe(
      'ValidationException',
    );
    expect((await rejection(documents.get({ TableName: 'no-such-table', Key: KEY }))).name).toBe(
      'ResourceNotFoundException',
    );
    expect((await rejection(put({ ...KEY, text: 'x'.repeat(410_000) }))).name).toBe('ValidationException');
  });

  test('is refused with an empty index key, and nothing of it is kept', async () => {
    expect((await rejection(put({ ...KEY, gsi1pk: '', gsi1sk: 'x' }))).message).toContain('IndexKey: gsi1pk');
    expect(await read()).toBeUndefined();
  });
});

describe('an update', () => {
  test('sets, adds and removes', async () => {
    await put({ ...KEY, count: 1, tags: new Set(['a']), gone: true });
    expect(
      await updated(
        'SET title = :t ADD #c :one, tags :more REMOVE gone',
        { ':t': 'x', ':one': 1, ':more': new Set(['b']) },
        {
          '#c': 'count',
        },
      ),
    ).toEqual({ ...KEY, title: 'x', count: 2, tags: new Set(['a', 'b']) });
  });

  test('creates the item; counts from if_not_exists; keeps what exists', async () => {
    const count = () => updated('SET seq = if_not_exists(seq, :zero) + :one', { ':zero': 0, ':one': 1 });
    expect(await count()).toEqual({ ...KEY, seq: 1 });
    expect(await count()).toEqual({ ...KEY, seq: 2 });
  });

  test('appends to lists and reaches into maps', async () => {
    await put({ ...KEY, log: ['a'], address: { city: 'Vigo', lines: ['1', '2'] } });
    expect(
      await updated(
        'SET #log = list_append(#log, :more), address.city = :c, address.#lines[1] = :l',
        { ':more': ['b'], ':c': 'Lugo', ':l': '3' },
        {
          '#log': 'log',
          '#lines': 'lines',
        },
      ),
    ).toEqual({ ...KEY, log: ['a', 'b'], address: { city: 'Lugo', lines: ['1', '3'] } });
  });

  test('deletes members of a set', async () => {
    await put({ ...KEY, tags: new Set(['a', 'b']) });
    expect(await updated('DELETE tags :t', { ':t': new Set(['a']) })).toEqual({ ...KEY, tags: new Set(['b']) });
  });

  test('of fifty at once on one counter loses none', async () => {
    await Promise.all(Array.from({ length: 50 }, () => updated('ADD seq :one', { ':one': 1 })));
    expect(await read()).toEqual({ ...KEY, seq: 50 });
  });
});

describe('a condition', () => {
  const conditionally = (condition: string, values?: Record<string, unknown>) =>
    documents.put({
      TableName: TABLE,
      Item: { ...KEY, version: 2 },
      ConditionExpression: condition,
      ...(values === undefined ? {} : { ExpressionAttributeValues: values }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });

  test.each([
    ['attribute_exists(pk) AND version = :v', { ':v': 1 }],
    ['version BETWEEN :a AND :b', { ':a': 0, ':b': 1 }],
    ['version IN (:a, :b)', { ':a': 7, ':b': 1 }],
    ['begins_with(title, :t)', { ':t': 'Ca' }],
    ['contains(title, :t)', { ':t': 'sa' }],
    ['contains(tags, :t)', { ':t': 'x' }],
    ['size(tags) = :n AND size(title) > :n', { ':n': 1 }],
    ['address.city <> :c', { ':c': 'Lugo' }],
    ['attribute_type(title, :t)', { ':t': 'S' }],
    ['NOT (version > :v OR attribute_not_exists(title))', { ':v': 1 }],
  ])('%s holds and lets the write through', async (condition, values) => {
    await put({ ...KEY, version: 1, title: 'Casa', tags: new Set(['x']), address: { city: 'Vigo' } });
    await conditionally(condition, values);
    expect(await read()).toEqual({ ...KEY, version: 2 });
  });

  test('that fails answers the item when asked to, for put, update and delete', async () => {
    await put({ ...KEY, version: 1 });
    const failing = {
      TableName: TABLE,
      ConditionExpression: 'version = :v',
      ExpressionAttributeValues: { ':v': 9 },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    };
    const errors = await Promise.all([
      rejection(documents.put({ ...failing, Item: { ...KEY, version: 2 } })),
      rejection(documents.update({ ...failing, Key: KEY, UpdateExpression: 'SET version = :v' })),
      rejection(documents.delete({ ...failing, Key: KEY })),
    ]);
    for (const error of errors) {
      expect(error.name).toBe('ConditionalCheckFailedException');
      expect(error.Item).toEqual({ pk: { S: KEY.pk }, sk: { S: KEY.sk }, version: { N: '1' } });
    }
    expect(await read()).toEqual({ ...KEY, version: 1 });
  });

  test('that fails answers no item when none was asked for or there is none', async () => {
    expect((await rejection(conditionally('attribute_exists(pk)'))).Item).toBeUndefined();
    await put(KEY);
    const plain = documents.put({ TableName: TABLE, Item: KEY, ConditionExpression: 'attribute_not_exists(pk)' });
    expect((await rejection(plain)).Item).toBeUndefined();
  });
});

describe('a query', () => {
  const day = (n: number) => `D#${String(n).padStart(2, '0')}`;
  const days = (items: Record<string, unknown>[] | undefined) => items?.map(({ sk }) => sk);

  beforeEach(async () => {
    for (const pk of ['T#1#BOOKING', 'T#2#BOOKING']) {
      for (let n = 1; n <= 7; n += 1) {
        await put({ pk, sk: day(n), n, gsi1pk: `${pk}#OPEN`, gsi1sk: 'same' });
      }
    }
  });

  const query = (condition: string, values: Record<string, unknown>, more: object = {}) =>
    documents.query({
      TableName: TABLE,
      KeyConditionExpression: `pk = :pk${condition}`,
      ExpressionAttributeValues: { ':pk': 'T#1#BOOKING', ...values },
      ...more,
    });

  test.each([
    [' AND sk BETWEEN :a AND :b', { ':a': day(2), ':b': day(4) }, [2, 3, 4]],
    [' AND begins_with(sk, :a)', { ':a': 'D#0' }, [1, 2, 3, 4, 5, 6, 7]],
    [' AND sk > :a', { ':a': day(5) }, [6, 7]],
    [' AND sk >= :a', { ':a': day(5) }, [5, 6, 7]],
    [' AND sk < :a', { ':a': day(3) }, [1, 2]],
    [' AND sk <= :a', { ':a': day(3) }, [1, 2, 3]],
    [' AND sk = :a', { ':a': day(3) }, [3]],
    ['', {}, [1, 2, 3, 4, 5, 6, 7]],
  ])('pk = :pk%s finds its range, of this tenant alone', async (condition, values, expected) => {
    const { Items } = await query(condition, values);
    expect(Items).toEqual(
      expected.map((n) => ({ pk: 'T#1#BOOKING', sk: day(n), n, gsi1pk: 'T#1#BOOKING#OPEN', gsi1sk: 'same' })),
    );
  });

  test('goes backwards, page by page', async () => {
    const first = await query('', {}, { ScanIndexForward: false, Limit: 4 });
    expect(days(first.Items)).toEqual([7, 6, 5, 4].map(day));
    const second = await query(
      '',
      {},
      { ScanIndexForward: false, Limit: 4, ExclusiveStartKey: first.LastEvaluatedKey },
    );
    expect(days(second.Items)).toEqual([3, 2, 1].map(day));
    expect(second.LastEvaluatedKey).toBeUndefined();
  });

  test('filters after it has counted, projects, and counts without items', async () => {
    const filtered = await query(
      '',
      { ':n': 3 },
      { FilterExpression: 'n <= :n', Limit: 5, ProjectionExpression: 'sk' },
    );
    expect(filtered).toMatchObject({ Count: 3, ScannedCount: 5, Items: [1, 2, 3].map((n) => ({ sk: day(n) })) });
    const counted = await query('', {}, { Select: 'COUNT' });
    expect(counted).toMatchObject({ Count: 7 });
    expect(counted.Items).toBeUndefined();
  });

  test('answers a large partition in pages of one megabyte', async () => {
    await Promise.all(
      Array.from({ length: 6 }, (_, n) => put({ pk: 'T#1#BLOB', sk: day(n), text: 'x'.repeat(300_000) })),
    );
    const first = await query('', { ':pk': 'T#1#BLOB' });
    expect(first.Items?.length).toBeLessThan(6);
    const rest = await query('', { ':pk': 'T#1#BLOB' }, { ExclusiveStartKey: first.LastEvaluatedKey });
    expect((first.Items?.length ?? 0) + (rest.Items?.length ?? 0)).toBe(6);
  });

  describe('of an index', () => {
    const indexed = (more: object) =>
      documents.query({
        TableName: TABLE,
        IndexName: 'gsi1',
        KeyConditionExpression: 'gsi1pk = :pk AND gsi1sk = :sk',
        ExpressionAttributeValues: { ':pk': 'T#1#BOOKING#OPEN', ':sk': 'same' },
        ...more,
      });

    async function walk(more: object): Promise<unknown[]> {
      const found: unknown[] = [];
      let start: Record<string, unknown> | undefined;
      do {
        const page = await indexed({ Limit: 2, ...more, ExclusiveStartKey: start });
        found.push(...(days(page.Items) ?? []));
        start = page.LastEvaluatedKey;
      } while (start !== undefined);
      return found;
    }

    test('meets every item once on its pages, in both directions', async () => {
      const forward = await walk({ ScanIndexForward: true });
      expect([...forward].sort()).toEqual([1, 2, 3, 4, 5, 6, 7].map(day));
      expect(await walk({ ScanIndexForward: false })).toEqual(forward.reverse());
    });

    test('follows updates and deletions', async () => {
      await documents.update({
        TableName: TABLE,
        Key: { pk: 'T#1#BOOKING', sk: day(1) },
        UpdateExpression: 'REMOVE gsi1pk',
      });
      await documents.update({
        TableName: TABLE,
        Key: { pk: 'T#1#BOOKING', sk: day(2) },
        UpdateExpression: 'SET gsi1sk = :other',
        ExpressionAttributeValues: { ':other': 'other' },
      });
      await documents.delete({ TableName: TABLE, Key: { pk: 'T#1#BOOKING', sk: day(3) } });
      expect(days((await indexed({})).Items)?.sort()).toEqual([4, 5, 6, 7].map(day));
    });

    test('keeps items apart whose keys read the same when joined', async () => {
      const twins = [
        { pk: 'T#1#X', sk: 'YZ' },
        { pk: 'T#1#XY', sk: 'Z' },
      ];
      for (const twin of twins) await put({ ...twin, gsi1pk: 'T#1#TWINS', gsi1sk: 'same' });
      const twinsOf = { ExpressionAttributeValues: { ':pk': 'T#1#TWINS', ':sk': 'same' }, Limit: 1 };
      expect((await walk(twinsOf)).sort()).toEqual(['YZ', 'Z']);
      expect((await walk({ ...twinsOf, ScanIndexForward: false })).sort()).toEqual(['YZ', 'Z']);
    });

    test('is not consistent on demand', async () => {
      expect((await rejection(indexed({ ConsistentRead: true }))).name).toBe('ValidationException');
    });
  });
});

describe('a batch', () => {
  test('writes with its index entries, reads and deletes', async () => {
    const items = Array.from({ length: 25 }, (_, n) => ({ pk: 'T#1#B', sk: `${n}`, gsi1pk: 'T#1#G', gsi1sk: `${n}` }));
    await documents.batchWrite({ RequestItems: { [TABLE]: items.map((Item) => ({ PutRequest: { Item } })) } });
    const keys = items.map(({ pk, sk }) => ({ pk, sk }));
    const found = await documents.batchGet({ RequestItems: { [TABLE]: { Keys: keys, ProjectionExpression: 'sk' } } });
    expect(found.Responses?.[TABLE]).toHaveLength(25);
    const indexed = await documents.query({
      TableName: TABLE,
      IndexName: 'gsi1',
      KeyConditionExpression: 'gsi1pk = :pk',
      ExpressionAttributeValues: { ':pk': 'T#1#G' },
    });
    expect(indexed.Items?.map(({ sk }) => sk).sort()).toEqual(items.map(({ sk }) => sk).sort());
    await documents.batchWrite({ RequestItems: { [TABLE]: keys.map((Key) => ({ DeleteRequest: { Key } })) } });
    expect((await documents.scan({ TableName: TABLE })).Items).toEqual([]);
  });

  test('of more than 25 writes is refused', async () => {
    const writes = Array.from({ length: 26 }, (_, n) => ({ PutRequest: { Item: { pk: 'T#1#B', sk: `${n}` } } }));
    const error = await rejection(documents.batchWrite({ RequestItems: { [TABLE]: writes } }));
    expect(error.name).toBe('ValidationException');
  });
});

describe('a table', () => {
  test('that exists is not created again', async () => {
    const error = await rejection(documents.send(new CreateTableCommand(TABLE_PROPERTIES)));
    expect(error).toMatchObject({ name: 'ResourceInUseException', message: `Table already exists: ${TABLE}` });
  });

  test('is ready when its creation is answered, and gone with its items after a reset', async () => {
    const { Table } = await documents.send(new DescribeTableCommand({ TableName: TABLE }));
    expect(Table).toMatchObject({ TableStatus: 'ACTIVE', GlobalSecondaryIndexes: [{ IndexStatus: 'ACTIVE' }] });
    await put(KEY);
    await table.dynamodb.reset();
    expect((await documents.send(new ListTablesCommand({}))).TableNames).toEqual([]);
    await documents.send(new CreateTableCommand(TABLE_PROPERTIES));
    expect(await read()).toBeUndefined();
  });
});
