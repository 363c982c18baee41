import { platformPartition, tenantPrefix } from '../../../shared/platform/tenant/tenant-partition.ts';
import { companyOfSession } from '../sts/session-key.ts';
import { serviceError } from './errors.ts';

const CREDENTIAL = /Credential=([^/,\s]+)\//;
/** `<key attribute> = :value`, the one equality that every key condition has to have. */
const LEADING = /(?:^|\s|\()(#?\w+)\s*=\s*(:\w+)/;

type Attributes = Readonly<Record<string, unknown>>;

/**
 * What IAM does for a session of a company: a request with a leading key of another company is refused, and so is one
 * whose keys cannot be told. Keys of functions and people pass: their policies are checked on the template.
 *
 * @throws a service error `AccessDeniedException`
 */
export function refuseForeignKeys(authorization: string, operation: string, request: Attributes): void {
  const company = companyOfSession(CREDENTIAL.exec(authorization)?.[1] ?? '');
  if (company === undefined) return;
  const keys = leadingKeysOf(operation, request);
  const isOwn = (key: unknown) =>
    typeof key === 'string' && (key.startsWith(tenantPrefix(company)) || key.startsWith(platformPartition('')));
  if (keys.length > 0 && keys.every(isOwn)) return;
  throw serviceError('AccessDeniedException', `The session is not authorized to perform: dynamodb:${operation}`);
}

function leadingKeysOf(operation: string, request: Attributes): readonly unknown[] {
  switch (operation) {
    case 'GetItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [partitionOf(request.Key)];
    case 'PutItem':
      return [partitionOf(request.Item)];
    case 'Query':
      return [queriedPartition(request)];
    case 'BatchGetItem':
      return tablesOf(request).flatMap((table) => listOf(membersOf(table).Keys).map(partitionOf));
    case 'BatchWriteItem':
      return tablesOf(request).flatMap((writes) => listOf(writes).flatMap(writtenPartitions));
    case 'TransactWriteItems':
    case 'TransactGetItems':
      return listOf(request.TransactItems).flatMap(writtenPartitions);
    default:
      return [];
  }
}

/** Of `{ Put: { Item } }`, `{ Delete: { Key } }`, `{ PutRequest: { Item } }` and their like. */
function writtenPartitions(write: unknown): readonly unknown[] {
  return Object.values(membersOf(write)).map((action) => {
    const { Item, Key } = membersOf(action);
    return partitionOf(Item ?? Key);
  });
}

function partitionOf(item: unknown): unknown {
  return membersOf(membersOf(item).pk).S;
}

function queriedPartition({ KeyConditionExpression, ExpressionAttributeValues }: Attributes): unknown {
  const [, , value = ''] = LEADING.exec(String(KeyConditionExpression)) ?? [];
  return membersOf(membersOf(ExpressionAttributeValues)[value]).S;
}

function tablesOf({ RequestItems }: Attributes): readonly unknown[] {
  return Object.values(membersOf(RequestItems));
}

function membersOf(value: unknown): Attributes {
  return typeof value === 'object' && value !== null ? (value as Attributes) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
