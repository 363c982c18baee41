import type { Key } from '../../platform/dynamo/table.ts';
import { platformPartition, tenantPartition } from '../../platform/tenant/tenant-partition.ts';

/** All invites of a company: `T#<empresa_id>#INVITE`. */
export function invitePartition(empresaId: string): string {
  return tenantPartition(empresaId, 'INVITE');
}

/** One invite, by its number: `T#<empresa_id>#INVITE` / `INVITE#<number, 12 digits>`. */
export function inviteKey(empresaId: string, number: number): Key {
  return { pk: invitePartition(empresaId), sk: `INVITE#${String(number).padStart(12, '0')}` };
}

/** Who used an invite: `T#<empresa_id>#INVITE_USE` / `<number, 12 digits>#<user_id>`. */
export function inviteUseKey(empresaId: string, number: number, userId: string): Key {
  return { pk: tenantPartition(empresaId, 'INVITE_USE'), sk: `${String(number).padStart(12, '0')}#${userId}` };
}

/** Whose invite a code is, on the whole platform: `P#INVITE#<CODE>` / `LOCK`. */
export function inviteLockKey(code: string): Key {
  return { pk: platformPartition('INVITE', code), sk: 'LOCK' };
}
