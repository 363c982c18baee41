import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, paginateQuery, paginateScan } from '@aws-sdk/lib-dynamodb';
import { ERASURES } from '../../shared/domain/erasure/erasure.keys.ts';
import { eachLimit } from '../../shared/platform/concurrency/each-limit.ts';

/** A row as it lies in the table. */
type Row = Readonly<Record<string, unknown>> & { readonly pk: string; readonly sk: string };

interface Restoring {
  /** The restored copy; it is read whole, which is why no function does this. */
  readonly from: string;
  readonly to: string;
  /** All of them when absent. */
  readonly company?: string | undefined;
  readonly now: Date;
}

export interface Restored {
  readonly putBack: number;
  /** Were there, and stay as they are. */
  readonly there: number;
  /** Of companies erased since, or with a time that is over. */
  readonly leftOut: number;
}

const AT_ONCE = 25;
const TENANT = /^T#([^#]+)#/;

/** Whose row it is: by its partition, or by what a row of the platform says of itself. */
function ownerOf({ pk, empresa_id }: Row): string | undefined {
  return TENANT.exec(pk)?.[1] ?? (typeof empresa_id === 'string' ? empresa_id : undefined);
}

/** The companies whose erasure has begun or ended: nothing of them may come back (ruling 11). */
async function erasedCompanies(client: DynamoDBDocumentClient, table: string): Promise<ReadonlySet<string>> {
  const erased = new Set<string>();
  const pages = paginateQuery(
    { client },
    { TableName: table, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': ERASURES } },
  );
  for await (const { Items = [] } of pages) {
    for (const { sk } of Items) erased.add(String(sk).replace('COMPANY#', ''));
  }
  return erased;
}

/**
 * Puts rows of a restored copy back into the stage's table, if they are not there: safe to repeat, and safe while the
 * platform works. Indexes follow by themselves.
 */
export async function restoreRows(
  client: DynamoDBDocumentClient,
  { from, to, company, now }: Restoring,
): Promise<Restored> {
  const erased = await erasedCompanies(client, to);
  const nowS = now.getTime() / 1_000;
  const counts = { putBack: 0, there: 0, leftOut: 0 };
  for await (const { Items = [] } of paginateScan({ client }, { TableName: from })) {
    await eachLimit(Items as Row[], AT_ONCE, async (row) => {
      const owner = ownerOf(row);
      if (company !== undefined && owner !== company) return;
      const isOver = typeof row.expires_at === 'number' && row.expires_at <= nowS;
      if (isOver || (owner !== undefined && erased.has(owner))) {
        counts.leftOut += 1;
        return;
      }
      counts[(await putIfAbsent(client, to, row)) ? 'putBack' : 'there'] += 1;
    });
  }
  return counts;
}

async function putIfAbsent(client: DynamoDBDocumentClient, table: string, row: Row): Promise<boolean> {
  try {
    await client.send(new PutCommand({ TableName: table, Item: row, ConditionExpression: 'attribute_not_exists(pk)' }));
    return true;
  } catch (thrown) {
    if (thrown instanceof ConditionalCheckFailedException) return false;
    throw thrown;
  }
}
