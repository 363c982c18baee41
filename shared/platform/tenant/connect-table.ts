import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type * as z from 'zod';
import type { tableEnvironment } from '../config/table-environment.ts';
import { documentClient } from '../dynamo/document-client.ts';
import { Table } from '../dynamo/table.ts';
import { tenantCredentials } from './tenant-credentials.ts';

/** Companies whose client one instance of a function keeps: a Lambda serves one call at a time and few companies. */
const MOST_CLIENTS = 256;

/**
 * The single table as a function may see it: rows of a company through a session that can touch that company alone, rows
 * of the platform with the function's own role.
 *
 * @example const table = connectTable(readEnvironment(lateCheckinEnvironment))
 */
export function connectTable({ TABLE_NAME, TENANT_ROLE_ARN }: z.infer<typeof tableEnvironment>): Table {
  const own = documentClient();
  if (TENANT_ROLE_ARN === undefined) return new Table(own, TABLE_NAME);
  const credentialsOf = tenantCredentials(TENANT_ROLE_ARN, own);
  const clients = new Map<string, DynamoDBDocumentClient>();
  return new Table(own, TABLE_NAME, (empresaId) => {
    const client = clients.get(empresaId) ?? documentClient({ like: own, credentials: credentialsOf(empresaId) });
    // Put back at the end, so that the one in front is the one that nobody has asked for longest.
    clients.delete(empresaId);
    clients.set(empresaId, client);
    const [oldest] = clients.keys();
    if (oldest !== undefined && clients.size > MOST_CLIENTS) clients.delete(oldest);
    return client;
  });
}
