import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { Table } from '../../shared/platform/dynamo/table.ts';

type Row = Readonly<Record<'pk' | 'sk', { readonly S: string }>>;

interface BatchRequest {
  readonly RequestItems: {
    readonly busy: readonly { readonly DeleteRequest: { readonly Key: Row } }[] | { readonly Keys: readonly Row[] };
  };
}

let server: Server | undefined;
afterEach(() => void server?.close());

/** A table that takes only so many keys of a batch and gives the others back, as a busy one does. */
async function aBusyTable(mostOfABatch: number) {
  const batches: number[] = [];
  const served: Row[] = [];
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { busy: asked } = (JSON.parse(Buffer.concat(chunks).toString()) as BatchRequest).RequestItems;
    const keys = 'Keys' in asked ? asked.Keys : asked.map(({ DeleteRequest }) => DeleteRequest.Key);
    const [taken, left] = [keys.slice(0, mostOfABatch), keys.slice(mostOfABatch)];
    batches.push(keys.length);
    served.push(...taken);
    const answer =
      'Keys' in asked
        ? { Responses: { busy: taken }, UnprocessedKeys: left.length > 0 ? { busy: { Keys: left } } : {} }
        : { UnprocessedItems: left.length > 0 ? { busy: left.map((Key) => ({ DeleteRequest: { Key } })) } : {} };
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    response.end(JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  const client = new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials });
  const deleted = () => served.map(({ sk }) => sk.S);
  return { table: new Table(DynamoDBDocumentClient.from(client), 'busy'), batches, deleted };
}

const keysOf = (count: number) => Array.from({ length: count }, (_, row) => ({ pk: 'T#x#Y', sk: String(row) }));

describe('deleting many rows', () => {
  it('asks for 25 at a time, each row once', async () => {
    const { table, batches, deleted } = await aBusyTable(25);
    await table.deleteMany(keysOf(60));
    expect(batches.sort((a, b) => b - a)).toEqual([25, 25, 10]);
    expect(new Set(deleted()).size).toBe(60);
    expect(deleted()).toHaveLength(60);
  });

  it('asks again for what a busy table left out, and for nothing else', async () => {
    const { table, batches, deleted } = await aBusyTable(10);
    await table.deleteMany(keysOf(25));
    expect(batches).toEqual([25, 15, 5]);
    expect(new Set(deleted()).size).toBe(25);
    expect(deleted()).toHaveLength(25);
  });

  it('gives up when a table takes nothing at all', async () => {
    const { table, batches } = await aBusyTable(0);
    await expect(table.deleteMany(keysOf(3))).rejects.toMatchObject({ code: 'unavailable' });
    expect(batches).toHaveLength(10);
  });

  it('asks nothing where there is nothing to delete', async () => {
    const { table, batches } = await aBusyTable(25);
    await table.deleteMany([]);
    expect(batches).toEqual([]);
  });
});

describe('reading many rows', () => {
  it('asks again for what a busy table left out, until all are there', async () => {
    const { table, batches } = await aBusyTable(40);
    const rows = await table.getMany(keysOf(100));
    expect(batches).toEqual([100, 60, 20]);
    expect(new Set(rows.map(({ sk }) => sk)).size).toBe(100);
  });

  it('fails when a table answers nothing at all: what was not read is not missing', async () => {
    const { table, batches } = await aBusyTable(0);
    await expect(table.getMany(keysOf(3))).rejects.toMatchObject({ code: 'unavailable' });
    expect(batches).toHaveLength(10);
  });
});
