import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';

/** When a source was last read well: `T#<empresa_id>#ARRIVAL_FEED` / `FEED#<name>`. */
export function feedStateKey(empresaId: string, name: string): Key {
  return { pk: tenantPartition(empresaId, 'ARRIVAL_FEED'), sk: `FEED#${name}` };
}
