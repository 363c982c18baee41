import { addCounts, NOTHING_REWRAPPED, type RewrapCounts, type RewrapKeys } from '../../platform/crypto/rewrap-keys.ts';
import type { Table } from '../../platform/dynamo/table.ts';
import { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { TENANT_SHARDS, tenantEntryKey, tenantShard } from '../company/company.keys.ts';

/** How far a run has come. */
export interface RotationProgress {
  readonly tenants: number;
  readonly counts: RewrapCounts;
  /** Tenants of the last batch whose wrapped keys KMS cannot open: each needs a person. */
  readonly unreadable: readonly string[];
  /** The last tenant of those that are done; a run that starts after it does the rest. Undefined before the first. */
  readonly cursor: string | undefined;
}

/** Tenants whose keys are wrapped side by side. */
const BATCH = 16;

/**
 * Wraps the data keys of every tenant anew, in the order of the directory, telling of each batch that is done. What
 * fails ends the run; what was told of need not be done again.
 *
 * @param after cursor of an earlier run
 */
export async function* rotateKeys(
  table: Table,
  rewrap: RewrapKeys,
  after: string | undefined,
): AsyncGenerator<RotationProgress> {
  let progress: RotationProgress = { tenants: 0, counts: NOTHING_REWRAPPED, unreadable: [], cursor: after };
  for await (const batch of inBatches(tenantsAfter(table, after))) {
    const outcomes = await Promise.all(
      batch.map(async (empresaId) => ({ empresaId, counts: await rewrap(new TenantScope(table, empresaId)) })),
    );
    const unreadable = outcomes.flatMap(({ empresaId, counts }) => (counts.unreadable > 0 ? [empresaId] : []));
    progress = {
      tenants: progress.tenants + batch.length,
      counts: outcomes.reduce((sum, { counts }) => addCounts(sum, counts), progress.counts),
      unreadable,
      cursor: batch.at(-1),
    };
    yield progress;
  }
}

/** Directory order; the cursor's own entry may be gone. */
async function* tenantsAfter(table: Table, cursor: string | undefined): AsyncGenerator<string> {
  const start = cursor === undefined ? undefined : tenantEntryKey(cursor);
  const shards = Array.from({ length: TENANT_SHARDS }, (_, shard) => tenantShard(shard));
  const first = start === undefined ? 0 : shards.indexOf(start.pk);
  for (const pk of shards.slice(first)) {
    const from = start?.pk === pk ? { after: { ...start } } : {};
    for await (const row of table.queryAll({ pk, ...from })) yield String(row.empresa_id);
  }
}

async function* inBatches(ids: AsyncIterable<string>): AsyncGenerator<readonly string[]> {
  let batch: string[] = [];
  for await (const id of ids) {
    batch.push(id);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
