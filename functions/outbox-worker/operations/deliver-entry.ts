import { OutboxRepository } from '../../../shared/domain/outbox/outbox.repository.ts';
import {
  type MailContent,
  mailContent,
  type OutboxEntry,
  outboxPlace,
} from '../../../shared/domain/outbox/outbox-entry.ts';
import type { Clock } from '../../../shared/platform/clock/clock.ts';
import { open } from '../../../shared/platform/crypto/sealed.ts';
import type { TenantKeys } from '../../../shared/platform/crypto/tenant-keys.ts';
import type { Log } from '../../../shared/platform/log/log.ts';
import { type Mailer, MailRefused } from '../../../shared/platform/mail/mailer.ts';
import type { WorkMessage } from '../../../shared/platform/queue/work-queue.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';

export interface DeliverDeps {
  readonly keys: TenantKeys;
  readonly mailer: Mailer;
  readonly clock: Clock;
  readonly log: Log;
}

/** The entry is held by another try; the message has to come back. */
export class EntryBusy extends Error {
  override readonly name = 'EntryBusy';
}

/**
 * Does the work of one outbox entry. A message that comes twice finds the entry done or held. A crash between
 * sending and settling sends again: Mailgun has no idempotency key (`integrations.md` §4.1), and a digest twice is
 * better than none.
 * @throws EntryBusy, or whatever kept the mail from leaving: the queue then brings the message back
 */
export async function deliverEntry(deps: DeliverDeps, scope: TenantScope, message: WorkMessage): Promise<void> {
  const outbox = new OutboxRepository(scope);
  const lease = await outbox.lease(message.outbox_id, deps.clock.now());
  if (lease.kind === 'done') return;
  if (lease.kind === 'busy') throw new EntryBusy('The entry is held by another try');
  const ids = { empresa_id: message.empresa_id, outbox_id: message.outbox_id, attempt: lease.entry.attempts };
  try {
    const content = await openContent(deps.keys, scope, lease.entry);
    await deps.mailer.send({ id: lease.entry.id, ...content });
    await outbox.settle(lease.entry.id, 'entregado', deps.clock.now());
    deps.log.info('OUTBOX_DELIVERED', ids);
  } catch (thrown) {
    if (thrown instanceof MailRefused) {
      await outbox.settle(lease.entry.id, 'rechazado', deps.clock.now());
      deps.log.error('OUTBOX_REFUSED', thrown, ids);
      return;
    }
    await outbox.release(lease.entry, deps.clock.now());
    deps.log.error('OUTBOX_RETRIED', thrown, ids);
    throw thrown;
  }
}

async function openContent(keys: TenantKeys, scope: TenantScope, entry: OutboxEntry): Promise<MailContent> {
  if (entry.content !== undefined) return entry.content;
  const key = await keys.dataKey(scope, 'guest-data');
  return mailContent.parse(JSON.parse(open(key, outboxPlace(entry.id), entry.sealed ?? '')));
}
