import { TransactionRefused } from './storage-errors.ts';
import type { Write } from './table.ts';

/** A write with what it means when its condition does not hold. */
export interface GuardedWrite<Refusal extends string> {
  readonly write: Write;
  readonly refusal: Refusal;
}

/**
 * Writes all of the writes or none: an administrative write hands in `AuditTrail.commit`, which adds its entry. Writes
 * of the caller's own go after the given ones, so that positions keep their meaning.
 * @throws TransactionRefused
 */
export type Commit = (writes: readonly Write[]) => Promise<unknown>;

/**
 * Commits guarded writes; the order of the writes is the order in which their refusals are told.
 * @param refused the error for the first refusal
 */
export async function commitGuarded<Refusal extends string>(
  guarded: readonly GuardedWrite<Refusal>[],
  commit: Commit,
  refused: (refusal: Refusal) => Error,
): Promise<void> {
  try {
    await commit(guarded.map(({ write }) => write));
  } catch (thrown) {
    if (!(thrown instanceof TransactionRefused)) throw thrown;
    const first = guarded.find((_, position) => thrown.failed.includes(position));
    throw first === undefined ? thrown : refused(first.refusal);
  }
}
