import { listTenants } from '../../../shared/domain/company/tenant-directory.ts';
import { enqueueEntry } from '../../../shared/domain/outbox/enqueue-entry.ts';
import { eachLimit } from '../../../shared/platform/concurrency/each-limit.ts';
import type { Table } from '../../../shared/platform/dynamo/table.ts';
import type { WorkQueue } from '../../../shared/platform/queue/work-queue.ts';
import type { ObjectStore } from '../../../shared/platform/storage/object-store.ts';
import { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import { type CheckDeps, checkTenant } from './check-tenant.ts';
import { removeExpiredFiles } from './remove-expired-files.ts';

export interface RunDeps extends CheckDeps {
  readonly table: Table;
  readonly queue: WorkQueue;
  readonly drops: ObjectStore;
}

/** What a whole run did; answered to whoever fires the schedule by hand. */
export interface RunSummary {
  readonly empresas: number;
  readonly tardias: number;
  readonly notificadas: number;
  readonly fallidas: number;
}

/**
 * Companies looked at side by side: bounds memory, and a thousand PMSs that keep silent for their whole time leave the
 * run its ten minutes.
 */
const PARALLEL_TENANTS = 24;

/** The scheduled run over all companies. One that fails is logged and left for the next run; the others go on. */
export async function runLateCheckin(deps: RunDeps): Promise<RunSummary> {
  const summary = { empresas: 0, tardias: 0, notificadas: 0, fallidas: 0 };
  await eachLimit(listTenants(deps.table), PARALLEL_TENANTS, async (empresaId) => {
    summary.empresas += 1;
    const scope = new TenantScope(deps.table, empresaId);
    try {
      const { late, notified, outboxIds } = await checkTenant(deps, scope);
      summary.tardias += late;
      summary.notificadas += notified;
      await Promise.all(outboxIds.map((id) => enqueueEntry(deps, empresaId, id)));
      await removeExpiredFiles(scope, deps.drops, deps.clock.now());
    } catch (thrown) {
      summary.fallidas += 1;
      deps.log.error('RUN_TENANT_FAILED', thrown, { empresa_id: empresaId });
    }
  });
  deps.log.info('RUN_COMPLETED', summary);
  return summary;
}
