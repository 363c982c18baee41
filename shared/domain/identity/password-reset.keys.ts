import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';

/** The one way to a new password that a user has asked for: `T#<empresa_id>#PASSWORD_RESET` / `USER#<user_id>`. */
export function passwordResetKey(empresaId: string, userId: string): Key {
  return { pk: tenantPartition(empresaId, 'PASSWORD_RESET'), sk: `USER#${userId}` };
}
