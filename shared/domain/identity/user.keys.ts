import type { Key } from '../../platform/dynamo/table.ts';
import { platformPartition, tenantPartition } from '../../platform/tenant/tenant-partition.ts';

/** All users of a company: `T#<empresa_id>#USER`. */
export function userPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'USER');
}

/** One user: `T#<empresa_id>#USER` / `USER#<user id>`. */
export function userKey(empresaId: string, userId: string): Key {
  return { pk: userPartition(empresaId), sk: `USER#${userId}` };
}

/** How many people a company has: `T#<empresa_id>#HEADCOUNT` / `HEADCOUNT`. */
export function headcountKey(empresaId: string): Key {
  return { pk: tenantPartition(empresaId, 'HEADCOUNT'), sk: 'HEADCOUNT' };
}

/** Holder of an e-mail address on the whole platform: `P#EMAIL#<address>` / `LOCK`. */
export function emailLockKey(email: string): Key {
  return { pk: platformPartition('EMAIL', email), sk: 'LOCK' };
}

/** Holder of a user name on the whole platform: `P#USERNAME#<name in lower case>` / `LOCK`. */
export function usernameLockKey(username: string): Key {
  return { pk: platformPartition('USERNAME', username.toLowerCase()), sk: 'LOCK' };
}
