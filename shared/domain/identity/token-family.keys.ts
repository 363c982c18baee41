import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';

/** The refresh families of a company's users: `T#<empresa_id>#TOKEN_FAMILY`. */
export function familyPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'TOKEN_FAMILY');
}

/** One family, beside the others of its user: `T#<empresa_id>#TOKEN_FAMILY` / `<user_id>#<family>`. */
export function familyKey(empresaId: string, userId: string, family: string): Key {
  return { pk: familyPartition(empresaId), sk: `${userId}#${family}` };
}
