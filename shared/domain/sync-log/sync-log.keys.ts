import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';
import type { SyncOrigin } from './sync-log.ts';

/** The sync log of a company: `T#<empresa_id>#SYNC_LOG`. */
export function syncLogPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'SYNC_LOG');
}

/** One line: `T#<empresa_id>#SYNC_LOG` / `<created_at>#<sync_id>`. */
export function syncLogKey(empresaId: string, createdAt: string, id: string): Key {
  return { pk: syncLogPartition(empresaId), sk: `${createdAt}#${id}` };
}

/** The lines of one origin, on index gsi1: `T#<empresa_id>#SYNC_LOG#<origin>`. */
export function syncOriginPartition(empresaId: string, origin: SyncOrigin): string {
  return `${syncLogPartition(empresaId)}#${origin}`;
}
