import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';

/** The notifications of a company's people: `T#<empresa_id>#NOTIFICATION`. */
export function notificationPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'NOTIFICATION');
}

/** All notifications of one person: prefix `<user id>#`. */
export function notificationsOfPerson(userId: string): string {
  return `${userId}#`;
}

/**
 * One notification: `T#<empresa_id>#NOTIFICATION` / `<user id>#<verb>#<occasion>`, so that it cannot be made twice. The
 * person stands in the sort key: partitions of people who have left could not be found when the company is erased.
 */
export function notificationKey(empresaId: string, userId: string, occasion: string): Key {
  return { pk: notificationPartition(empresaId), sk: `${notificationsOfPerson(userId)}${occasion}` };
}
