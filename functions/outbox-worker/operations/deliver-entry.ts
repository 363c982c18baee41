import { mailContent } from '../../../shared/domain/outbox/mail-content.ts';
import { contentOf } from '../../../shared/domain/outbox/outbox-entry.ts';
import { WorkRefused, workOnEntry } from '../../../shared/domain/outbox/work-on-entry.ts';
import type { Clock } from '../../../shared/platform/clock/clock.ts';
import type { TenantKeys } from '../../../shared/platform/crypto/tenant-keys.ts';
import type { Log } from '../../../shared/platform/log/log.ts';
import { type Mailer, MailRefused } from '../../../shared/platform/mail/mailer.ts';
import type { WorkMessage, WorkQueue } from '../../../shared/platform/queue/work-queue.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import { followRetention } from './follow-retention.ts';

export interface DeliverDeps {
  readonly keys: TenantKeys;
  readonly mailer: Mailer;
  readonly clock: Clock;
  readonly log: Log;
  /** Where work that takes more than one turn asks for the next. */
  readonly queue: WorkQueue;
}

/** Above the mail client's own limit of 20 s. */
const LEASE_MS = 45_000;

/**
 * Does the work of one outbox entry: sends its mail, or lets bookings follow their company's retention. A crash between sending and settling sends again: Mailgun has no idempotency key
 * (`integrations.md` §4.1), and a digest twice is better than none.
 * @throws EntryBusy, or whatever kept the mail from leaving: the queue then brings the message back
 */
export function deliverEntry(deps: DeliverDeps, scope: TenantScope, message: WorkMessage): Promise<void> {
  return workOnEntry({ ...deps, leaseMs: LEASE_MS }, scope, message, async (entry) => {
    if (entry.kind === 'retention') return followRetention(deps, scope);
    const content = await contentOf(entry, mailContent, () => deps.keys.dataKey(scope, 'guest-data'));
    try {
      await deps.mailer.send({ id: entry.id, ...content });
    } catch (thrown) {
      if (thrown instanceof MailRefused) throw new WorkRefused('The mail service refused the mail', { cause: thrown });
      throw thrown;
    }
    return 'done';
  });
}
