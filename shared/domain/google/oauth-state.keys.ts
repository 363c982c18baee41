import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';

/** A consent that somebody has gone to give: `T#<empresa_id>#OAUTH_STATE` / `STATE#<nonce>`. */
export function oauthStateKey(empresaId: string, nonce: string): Key {
  return { pk: tenantPartition(empresaId, 'OAUTH_STATE'), sk: `STATE#${nonce}` };
}
