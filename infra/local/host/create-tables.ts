import {
  type AttributeValue,
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  paginateScan,
  ResourceInUseException,
  type TableDescription,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { TableDefinition } from '../template/storage.ts';

type Row = Record<string, AttributeValue>;

const LONGEST_WAIT_S = 30;

/**
 * Creates the tables that are not there yet, through the SDK: any emulator of DynamoDB will do. A table of an earlier
 * start whose keys or indexes are no longer the template's is made anew with the rows it had, if it is ours to touch.
 */
export async function createTables(tables: readonly TableDefinition[], mayRebuild: boolean): Promise<void> {
  const client = new DynamoDBClient({});
  try {
    await Promise.all(tables.map((table) => takeUp(client, table, mayRebuild)));
  } finally {
    client.destroy();
  }
}

async function takeUp(client: DynamoDBClient, table: TableDefinition, mayRebuild: boolean): Promise<void> {
  try {
    return await create(client, table);
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  const { Table: kept } = await client.send(new DescribeTableCommand({ TableName: table.name }));
  if (kept === undefined || shapeOf(kept) === wantedShape(table)) return;
  if (!mayRebuild) throw new Error(`Table ${table.name} has other keys or indexes than the template.`);
  const rows = await rowsOf(client, table.name);
  await client.send(new DeleteTableCommand({ TableName: table.name }));
  await create(client, table);
  for (const row of rows) await client.send(new PutItemCommand({ TableName: table.name, Item: row }));
}

async function create(client: DynamoDBClient, table: TableDefinition): Promise<void> {
  const made = await client.send(
    new CreateTableCommand({
      TableName: table.name,
      AttributeDefinitions: [...table.attributes],
      KeySchema: [...table.keySchema],
      BillingMode: 'PAY_PER_REQUEST',
      ...(table.globalIndexes.length > 0 && { GlobalSecondaryIndexes: [...table.globalIndexes] }),
      ...(table.localIndexes.length > 0 && { LocalSecondaryIndexes: [...table.localIndexes] }),
    }),
  );
  if (made.TableDescription?.TableStatus !== 'ACTIVE') {
    await waitUntilTableExists(
      { client, maxWaitTime: LONGEST_WAIT_S, minDelay: 1, maxDelay: 2 },
      { TableName: table.name },
    );
  }
  if (table.ttlAttribute === undefined) return;
  const TimeToLiveSpecification = { AttributeName: table.ttlAttribute, Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ TableName: table.name, TimeToLiveSpecification }));
}

async function rowsOf(client: DynamoDBClient, name: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: name })) rows.push(...Items);
  return rows;
}

/** Keys and indexes as a text that two equal tables share. */
function shapeOf({ KeySchema, GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [] }: TableDescription): string {
  const indexes = [...GlobalSecondaryIndexes, ...LocalSecondaryIndexes].map((index) => {
    const { ProjectionType, NonKeyAttributes = [] } = index.Projection ?? {};
    return [index.IndexName, keysOf(index.KeySchema), ProjectionType, ...[...NonKeyAttributes].sort()].join(' ');
  });
  return [keysOf(KeySchema), ...indexes.sort()].join('; ');
}

function wantedShape(table: TableDefinition): string {
  return shapeOf({
    KeySchema: [...table.keySchema],
    GlobalSecondaryIndexes: [...table.globalIndexes],
    LocalSecondaryIndexes: [...table.localIndexes],
  });
}

function keysOf(schema: TableDescription['KeySchema'] = []): string {
  return schema.map(({ AttributeName, KeyType }) => `${KeyType}:${AttributeName}`).join(',');
}
