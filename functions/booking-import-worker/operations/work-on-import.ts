import * as z from 'zod';
import { contentOf, MOST_ATTEMPTS } from '../../../shared/domain/outbox/outbox-entry.ts';
import { workOnEntry } from '../../../shared/domain/outbox/work-on-entry.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { WorkMessage } from '../../../shared/platform/queue/work-queue.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import { applyImport } from './apply-import.ts';
import { type ImportJob, importJob, type WorkerDeps } from './import-job.ts';
import { undoImport } from './undo-import.ts';

/** What an entry of kind `booking-import` says. */
const importContent = z.object({ import_id: z.string() });

/** The function lives five minutes: what is left of them is for the transaction under way. */
const TURN_MS = 200_000;
const LEASE_MS = 310_000;

/**
 * One turn at an import: applies its rows, or undoes it. What is written and how far that is stand in one transaction,
 * so a turn that was cut off anywhere is continued where it stopped.
 * @throws whatever keeps it from going on: the queue then brings the message back
 */
export function workOnImport(deps: WorkerDeps, scope: TenantScope, message: WorkMessage): Promise<void> {
  return workOnEntry({ ...deps, leaseMs: LEASE_MS }, scope, message, async (entry) => {
    const { import_id } = await contentOf(entry, importContent, () => deps.keys.dataKey(scope, 'guest-data'));
    const job = importJob(deps, scope, import_id, TURN_MS);
    const found = await job.imports.find(import_id);
    if (found === undefined) return 'done';
    if (found.undo !== null) return found.undo.status === 'processing' ? undoImport(job) : 'done';
    if (found.status !== 'processing') return 'done';
    try {
      return await applyImport(job);
    } catch (thrown) {
      if (entry.attempts >= MOST_ATTEMPTS) await markFailed(job);
      throw thrown;
    }
  });
}

/** Nobody tries again by itself: whoever waits for the import is told. */
async function markFailed({ imports, importId, clock }: ImportJob): Promise<void> {
  const entry = await imports.find(importId);
  if (entry?.status !== 'processing') return;
  await imports.commit([imports.moving(entry, { status: 'failed', finished_at: toUtcIso(clock.now()) })]);
}
