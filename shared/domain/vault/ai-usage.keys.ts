import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';

/** What a company has used of the shared tier: `T#<empresa_id>#AI_USAGE` / `WINDOW`. */
export function aiUsageKey(empresaId: string): Key {
  return { pk: tenantPartition(empresaId, 'AI_USAGE'), sk: 'WINDOW' };
}

/** One answer of an AI service: `T#<empresa_id>#AI_USAGE` / `CALL#<instant>#<call id>`. */
export function aiCallKey(empresaId: string, instant: string, id: string): Key {
  return { pk: tenantPartition(empresaId, 'AI_USAGE'), sk: `CALL#${instant}#${id}` };
}
