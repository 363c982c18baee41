import type { Write } from '../../platform/dynamo/table.ts';
import type { Log } from '../../platform/log/log.ts';
import type { QueueName } from '../../platform/queue/queue-names.ts';
import type { WorkQueue } from '../../platform/queue/work-queue.ts';
import { entriesAmong } from './outbox-addition.ts';
import { QUEUE_OF } from './outbox-kind.ts';

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

/** The queues to which a function may send, by their names. */
export type Queues = Readonly<Partial<Record<QueueName, WorkQueue>>>;

/**
 * Tells the workers of all entries that stand among committed writes. What goes to a queue that the caller has not is
 * left to the sweeper.
 */
export async function enqueueEntriesAmong(
  { queues, log }: { readonly queues: Queues; readonly log: Log },
  empresaId: string,
  writes: readonly Write[],
): Promise<void> {
  await Promise.all(
    entriesAmong(empresaId, writes).map(async ({ id, kind }) => {
      const queue = queues[QUEUE_OF[kind]];
      if (queue !== undefined) await enqueueEntry({ queue, log }, empresaId, id);
    }),
  );
}
