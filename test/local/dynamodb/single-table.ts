import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { type DynamoDb, startDynamoDb } from '../../../infra/local/dynamodb/dynamodb.ts';

export const TABLE = 'stay-ops-test';

const keySchema = (hash: string, range: string): NonNullable<CreateTableCommandInput['KeySchema']> => [
  { AttributeName: hash, KeyType: 'HASH' },
  { AttributeName: range, KeyType: 'RANGE' },
];

/** A single-table design: `pk`, `sk` and a `gsi1` over `gsi1pk`, `gsi1sk`. */
export const TABLE_PROPERTIES: CreateTableCommandInput = {
  TableName: TABLE,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['pk', 'sk', 'gsi1pk', 'gsi1sk'].map((name) => ({ AttributeName: name, AttributeType: 'S' })),
  KeySchema: keySchema('pk', 'sk'),
  GlobalSecondaryIndexes: [
    { IndexName: 'gsi1', KeySchema: keySchema('gsi1pk', 'gsi1sk'), Projection: { ProjectionType: 'ALL' } },
  ],
};

/** The SDK as the functions use it, but without repeats, so that a test sees every answer. */
export function documentClient(endpoint: string, maxAttempts = 1): DynamoDBDocument {
  return DynamoDBDocument.from(
    new DynamoDBClient({
      endpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts,
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
}

export interface TestTable {
  readonly dynamodb: DynamoDb;
  readonly documents: DynamoDBDocument;
}

/** A DynamoDB in memory on any free port, with the table created. */
export async function startTestTable(now: () => Date = () => new Date()): Promise<TestTable> {
  const dynamodb = await startDynamoDb({ dataDirectory: undefined, now });
  const documents = documentClient(dynamodb.endpoint);
  await documents.send(new CreateTableCommand(TABLE_PROPERTIES));
  return { dynamodb, documents };
}

/** What the promise was rejected with; fails when it was not. */
export async function rejection(promise: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof Error) return error as Error & Record<string, unknown>;
  throw new Error('Expected a rejection');
}
