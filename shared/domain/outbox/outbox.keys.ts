import { createHash } from 'node:crypto';
import type { Key } from '../../platform/dynamo/table.ts';
import { platformPartition, tenantPartition } from '../../platform/tenant/tenant-partition.ts';

/** The work list of the sweeper is spread over this many partitions of its index. */
export const OUTBOX_SHARDS = 4;

/** The entries of a company: `T#<empresa_id>#OUTBOX`. */
export function outboxPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'OUTBOX');
}

/** One entry: `T#<empresa_id>#OUTBOX` / `OUTBOX#<outbox id>`. */
export function outboxKey(empresaId: string, id: string): Key {
  return { pk: outboxPartition(empresaId), sk: `OUTBOX#${id}` };
}

/** One shard of the work list, on index gsi2: `P#OUTBOX#<shard>`. */
export function outboxShard(shard: number): string {
  return platformPartition('OUTBOX', String(shard));
}

/** Sparse index entry of what is still to be done: `P#OUTBOX#<shard>` / `<due instant>#<outbox id>`. */
export function outboxDueKey(id: string, due: Date): { gsi2pk: string; gsi2sk: string } {
  const shard = createHash('sha256').update(id).digest().readUInt32BE(0) % OUTBOX_SHARDS;
  return { gsi2pk: outboxShard(shard), gsi2sk: `${due.toISOString()}#${id}` };
}
