import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Key } from '../../shared/platform/dynamo/table.ts';
import type { TestCloud } from './test-cloud.ts';

/** A row by its key, and all of it as text in DynamoDB's own JSON. */
export interface TextRow extends Key {
  readonly text: string;
}

/** Every row of the table: a test may scan where a function may not. */
export async function* allRows(tableName: string): AsyncGenerator<TextRow> {
  const client = new DynamoDBClient();
  // It copies every row for a log that nobody keeps.
  client.middlewareStack.remove('loggerMiddleware');
  let ExclusiveStartKey: Record<string, never> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: tableName, ConsistentRead: true, ...(ExclusiveStartKey && { ExclusiveStartKey }) }),
    );
    for (const item of page.Items ?? []) {
      const text = JSON.stringify(item, (_, value) => (value instanceof Uint8Array ? [...value] : value));
      yield { pk: String(item.pk?.S), sk: String(item.sk?.S), text };
    }
    ExclusiveStartKey = page.LastEvaluatedKey as typeof ExclusiveStartKey;
  } while (ExclusiveStartKey !== undefined);
  client.destroy();
}

/** Every row of a company as text, the company's own and the names that it holds. */
export async function rowsOf({ table }: Pick<TestCloud, 'table'>, companyId: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { text } of allRows(table.name)) if (text.includes(companyId)) found.push(text);
  return found.sort();
}
