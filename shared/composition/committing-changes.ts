import type { AuditFact } from '../domain/audit/audit-entry.ts';
import { type AuditOrigin, AuditTrail } from '../domain/audit/audit-trail.ts';
import { EventLog } from '../domain/event/event-log.ts';
import type { NewEvent } from '../domain/event/event-types.ts';
import { notificationPartition } from '../domain/notification/notification.keys.ts';
import { enqueueEntriesAmong, type Queues } from '../domain/outbox/enqueue-entry.ts';
import { entriesAmong } from '../domain/outbox/outbox-addition.ts';
import type { TenantKeys } from '../platform/crypto/tenant-keys.ts';
import { TransactionRefused } from '../platform/dynamo/storage-errors.ts';
import { TRANSACTION_MOST, type Write } from '../platform/dynamo/table.ts';
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
    const { together, afterwards } = partedWrites(scope.empresaId, writes, events.length);
    await inPositionsOf(writes, together, async () => {
      if (fact === undefined) await log.commit(events, together, origin.now);
      else await trail.commit(origin, fact, together, await log.continuationOf(events, origin.now));
    });
    await addAfterwards(deps.log, scope, afterwards);
    await enqueueEntriesAmong({ queues, log: deps.log }, scope.empresaId, writes);
  };
}

/** Rows that a commit adds at most, beside events: the ends of both logs, the audit entry, a receipt. */
const OWN_ROWS = 4;

/**
 * A booking that moves eight tasks of eight people fills a transaction and more. There the work of pushing gives way, then
 * as many notifications as it takes, and are written afterwards: a change is never refused for what it tells.
 */
function partedWrites(empresaId: string, writes: readonly Write[], events: number) {
  const tooMany = writes.length + events + OWN_ROWS - TRANSACTION_MOST;
  if (tooMany <= 0) return { together: writes, afterwards: [] };
  const isPush = (write: Write) => entriesAmong(empresaId, [write]).some(({ kind }) => kind === 'push');
  const told = writes.filter((write) => write.kind === 'put' && write.item.pk === notificationPartition(empresaId));
  const afterwards = [...writes.filter(isPush), ...told].slice(0, tooMany);
  return { together: writes.filter((write) => !afterwards.includes(write)), afterwards };
}

/** Refusals of a part, told by the positions that its writes have in all of them. */
async function inPositionsOf(
  all: readonly Write[],
  part: readonly Write[],
  commit: () => Promise<unknown>,
): Promise<void> {
  try {
    await commit();
  } catch (thrown) {
    if (!(thrown instanceof TransactionRefused) || part.length === all.length) throw thrown;
    throw new TransactionRefused(
      thrown.failed.flatMap((at) => part.slice(at, at + 1).map((write) => all.indexOf(write))),
    );
  }
}

/** The change stands already: what fails here is told to nobody but the log. */
async function addAfterwards(
  { error }: Log,
  { empresaId, table }: TenantScope,
  writes: readonly Write[],
): Promise<void> {
  if (writes.length === 0) return;
  try {
    await table.transact(writes);
  } catch (thrown) {
    error('NEWS_LOST', thrown, { empresa_id: empresaId });
  }
}
