import { type ClosingDeps, closeCompany } from '../../../shared/domain/erasure/close-company.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { Log } from '../../../shared/platform/log/log.ts';
import type { WorkQueue } from '../../../shared/platform/queue/work-queue.ts';

export interface EraseDeps extends ClosingDeps {
  readonly queue: WorkQueue;
  readonly log: Log;
}

/**
 * Erases a company (ruling 11). With the answer it is gone for everybody; its rows and objects follow from the queue.
 * @throws AppError `invalid` for the caller's own company, `not_found` when there is none (any more), `unavailable`
 *   when it takes too long: the same call goes on with it
 */
export async function eraseCompany(deps: EraseDeps, actor: Actor, empresaId: string) {
  if (empresaId === actor.empresaId) {
    throw new AppError('invalid', 'No puedes borrar tu propia empresa: te quedarías sin acceso.');
  }
  await closeCompany(deps, { empresaId, requestedBy: actor.userId });
  deps.log.info('ERASURE_BEGUN', { empresa_id: empresaId });
  await enqueue(deps, empresaId);
  return ok({});
}

/** A send that fails loses nothing: the erasure is on the list of what is due and the sweeper will enqueue it. */
async function enqueue({ queue, log }: EraseDeps, empresaId: string): Promise<void> {
  try {
    await queue.send({ erasure_of: empresaId });
  } catch (thrown) {
    log.error('ERASURE_FAILED', thrown, { empresa_id: empresaId });
  }
}
