import type { AuditFact } from '../domain/audit/audit-entry.ts';
import { type AuditOrigin, AuditTrail } from '../domain/audit/audit-trail.ts';
import { EventLog } from '../domain/event/event-log.ts';
import type { NewEvent } from '../domain/event/event-types.ts';
import { enqueueEntriesAmong, type Queues } from '../domain/outbox/enqueue-entry.ts';
import type { TenantKeys } from '../platform/crypto/tenant-keys.ts';
import type { Write } from '../platform/dynamo/table.ts';
import type { NewUlid } from '../platform/ids/ulid.ts';
import type { Log } from '../platform/log/log.ts';
import type { WorkQueue } from '../platform/queue/work-queue.ts';
import type { TenantScope } from '../platform/tenant/tenant-scope.ts';

export interface CommittingDeps {
  readonly keys: TenantKeys;
  readonly ulid: NewUlid;
  readonly log: Log;
  /** Of all work that changes bring: handing out events, pushing notifications, and what the caller adds. */
  readonly queues: Queues & { readonly webhooks: WorkQueue; readonly work: WorkQueue };
}

/**
 * Commits all or nothing with the events that follow, with an entry in the audit trail where there is a fact, and then
 * tells the workers of all work that stands among the writes.
 * @throws TransactionRefused when one of `writes` was refused, with its positions in `writes`
 */
export type CommitChange = (
  origin: AuditOrigin,
  fact: AuditFact | undefined,
  writes: readonly Write[],
  events: readonly NewEvent[],
) => Promise<void>;

/** How changes of a company are committed of which its people, its endpoints or its audit trail hear. */
export function committingChanges({ queues, ...deps }: CommittingDeps, scope: TenantScope): CommitChange {
  const trail = new AuditTrail(scope);
  const log = new EventLog(scope, { ...deps, queue: queues.webhooks });
  return async (origin, fact, writes, events) => {
    if (fact === undefined) await log.commit(events, writes, origin.now);
    else await trail.commit(origin, fact, writes, await log.continuationOf(events, origin.now));
    await enqueueEntriesAmong({ queues, log: deps.log }, scope.empresaId, writes);
  };
}
