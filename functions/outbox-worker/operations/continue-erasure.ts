import { type EmptyingDeps, emptyCompany } from '../../../shared/domain/erasure/empty-company.ts';
import { ErasureLost } from '../../../shared/domain/erasure/erasure.repository.ts';
import type { Log } from '../../../shared/platform/log/log.ts';
import type { ErasureMessage, WorkQueue } from '../../../shared/platform/queue/work-queue.ts';

export interface ContinueErasureDeps extends EmptyingDeps {
  readonly queue: WorkQueue;
  readonly log: Log;
}

/**
 * One turn at an erasure; enqueues the next one itself. A message that comes twice finds the erasure held or done.
 * @throws whatever the turn failed on: the queue then brings the message back, and the sweeper another one
 */
export async function continueErasure(deps: ContinueErasureDeps, message: ErasureMessage): Promise<void> {
  const { log } = deps;
  const ids = { empresa_id: message.erasure_of };
  try {
    const outcome = await emptyCompany(deps, message.erasure_of);
    if (outcome.kind === 'finished') {
      const { filas, objetos } = outcome.erasure;
      return log.info('ERASURE_FINISHED', { ...ids, rows: sumOf(filas), objects: sumOf(objetos) });
    }
    if (outcome.kind === 'again') {
      log.info('ERASURE_CONTINUED', ids);
      await deps.queue.send(message);
    }
  } catch (thrown) {
    if (thrown instanceof ErasureLost) return log.warn('ERASURE_CONTINUED', ids);
    log.error('ERASURE_FAILED', thrown, ids);
    throw thrown;
  }
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
