import type { Clock } from '../../platform/clock/clock.ts';
import type { Log } from '../../platform/log/log.ts';
import type { WorkMessage, WorkQueue } from '../../platform/queue/work-queue.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { OutboxRepository } from './outbox.repository.ts';
import type { OutboxEntry } from './outbox-entry.ts';

/** The entry is held by another try; the message has to come back. */
export class EntryBusy extends Error {
  override readonly name = 'EntryBusy';
}

/** The work can never be done, whoever tries: another try would end the same way. */
export class WorkRefused extends Error {
  override readonly name = 'WorkRefused';
}

/** The queue keeps a message back no longer; whoever is asked to wait for more finds out in the next turn. */
const LONGEST_WAIT_S = 900;

/**
 * How a turn ended: the work is done, or it goes on in another turn, at once because this one has used its time or after
 * some seconds because somebody asks to wait.
 */
export type Turn = 'done' | 'again' | { readonly againInSeconds: number };

interface TurnDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Where the next turn is asked for; needed by work that may answer `again`. */
  readonly queue?: WorkQueue;
  /** Longest that one turn may hold the entry; above the function's own timeout. */
  readonly leaseMs: number;
}

/**
 * One turn at the work that an outbox entry stands for. A message that comes twice finds the entry done or held; a crash
 * after the work and before its end is noted does the work again, so `work` has to be safe to repeat.
 *
 * @throws EntryBusy, or what `work` threw (but {@link WorkRefused}): the queue then brings the message back
 */
export async function workOnEntry(
  deps: TurnDeps,
  scope: TenantScope,
  message: WorkMessage,
  work: (entry: OutboxEntry) => Promise<Turn>,
): Promise<void> {
  const { clock, log, leaseMs } = deps;
  const outbox = new OutboxRepository(scope);
  const lease = await outbox.lease(message.outbox_id, clock.now(), leaseMs);
  if (lease.kind === 'done') return;
  if (lease.kind === 'busy') throw new EntryBusy('The entry is held by another try');
  const { entry } = lease;
  const ids = { ...message, kind: entry.kind, attempt: entry.attempts };
  try {
    const turn = await work(entry);
    if (turn !== 'done') {
      const seconds = turn === 'again' ? 0 : Math.min(LONGEST_WAIT_S, Math.ceil(turn.againInSeconds));
      await outbox.continueLater(entry.id, new Date(clock.now().getTime() + seconds * 1000));
      await deps.queue?.send(message, seconds);
      return log.info('OUTBOX_CONTINUED', ids);
    }
    await outbox.settle(entry.id, 'entregado', clock.now());
    log.info('OUTBOX_DELIVERED', ids);
  } catch (thrown) {
    if (thrown instanceof WorkRefused) {
      await outbox.settle(entry.id, 'rechazado', clock.now());
      return log.error('OUTBOX_REFUSED', thrown, ids);
    }
    await outbox.release(entry, clock.now());
    log.error('OUTBOX_RETRIED', thrown, ids);
    throw thrown;
  }
}
