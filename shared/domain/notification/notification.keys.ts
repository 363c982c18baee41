import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-scope.ts';

/** A person's notifications, on index gsi1: `T#<empresa_id>#NOTIFICATION#<user id>`. */
export function notificationPartition(empresaId: string, userId: string): string {
  return tenantPartition(empresaId, `NOTIFICATION#${userId}`);
}

/**
 * One notification: `T#<empresa_id>#NOTIFICATION` / `<user id>#<verb>#<occasion>`, so that it cannot be made twice. The
 * person stands in the sort key: partitions of people who have left could not be found when the company is erased.
 */
export function notificationKey(empresaId: string, userId: string, occasion: string): Key {
  return { pk: tenantPartition(empresaId, 'NOTIFICATION'), sk: `${userId}#${occasion}` };
}

/** Newest first on index gsi1: the same partition / `<created instant>#<number, 12 digits>`. */
export function notificationOrder(empresaId: string, userId: string, createdAt: string, number: number) {
  const gsi1sk = `${createdAt}#${String(number).padStart(12, '0')}`;
  return { gsi1pk: notificationPartition(empresaId, userId), gsi1sk };
}
