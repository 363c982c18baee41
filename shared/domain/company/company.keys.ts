import { createHash } from 'node:crypto';
import type { Key } from '../../platform/dynamo/table.ts';
import { platformPartition, tenantPartition } from '../../platform/tenant/tenant-partition.ts';

/** Company and settings together, so that one query reads both: `T#<empresa_id>#COMPANY`. */
export function companyPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'COMPANY');
}

/** The company itself: `T#<empresa_id>#COMPANY` / `COMPANY`. */
export function companyKey(empresaId: string): Key {
  return { pk: companyPartition(empresaId), sk: 'COMPANY' };
}

/** One tool's settings: `T#<empresa_id>#COMPANY` / `SETTINGS#<name>`. Each its own row, so that parallel saves of different tools cannot erase each other (D-44). */
export function settingsKey(empresaId: string, name: string): Key {
  return { pk: companyPartition(empresaId), sk: `SETTINGS#${name}` };
}

/** The directory of tenants is spread over this many partitions. */
export const TENANT_SHARDS = 8;

/** One shard of the directory: `P#TENANTS#<shard>`. */
export function tenantShard(shard: number): string {
  return platformPartition('TENANTS', String(shard));
}

/** A tenant's entry in the directory that scheduled runs go through: `P#TENANTS#<shard>` / `TENANT#<empresa_id>`. */
export function tenantEntryKey(empresaId: string): Key {
  const shard = createHash('sha256').update(empresaId).digest().readUInt32BE(0) % TENANT_SHARDS;
  return { pk: tenantShard(shard), sk: `TENANT#${empresaId}` };
}

/** Holder of a company's e-mail address: `P#COMPANY_EMAIL#<address>` / `LOCK`. */
export function companyEmailLockKey(email: string): Key {
  return { pk: platformPartition('COMPANY_EMAIL', email), sk: 'LOCK' };
}
