import type { Log } from '../../platform/log/log.ts';
import type { WorkQueue } from '../../platform/queue/work-queue.ts';

/**
 * Tells the worker of an entry that has been committed. A send that fails loses nothing: the entry stands in the outbox
 * and the sweeper will enqueue it, so the caller's answer does not depend on it.
 *
 * @param deps `queue` is the queue of the entry's kind
 */
export async function enqueueEntry(
  { queue, log }: { readonly queue: WorkQueue; readonly log: Log },
  empresaId: string,
  outboxId: string,
): Promise<void> {
  const message = { empresa_id: empresaId, outbox_id: outboxId };
  try {
    await queue.send(message);
  } catch (thrown) {
    log.error('OUTBOX_RETRIED', thrown, message);
  }
}
