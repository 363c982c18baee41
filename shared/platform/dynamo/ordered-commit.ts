import { setTimeout as delay } from 'node:timers/promises';
import { oneAtATime } from '../concurrency/one-at-a-time.ts';
import { AppError } from '../errors/app-error.ts';
import type { TenantScope } from '../tenant/tenant-scope.ts';
import { transactWithReceipt } from './receipt.ts';
import { isTransactionConflict, TransactionRefused } from './storage-errors.ts';
import type { Item, Key, Write } from './table.ts';

/**
 * Rows that continue a numbered log of a tenant. The log's head row remembers its end, so that two commits cannot take
 * the same number and none is left out.
 */
export interface Continuation {
  /** What is out of order when a number is taken although the head says that it is free, e.g. `El registro de auditoría`. */
  readonly log: string;
  readonly head: Key;
  /**
   * The writes for a head as it was read, undefined before the first: the first one moves the head on condition that it
   * is still as read, the others add rows that must be absent. Asked again whenever another commit came first.
   */
  writesAfter(head: Item | undefined): readonly Write[];
  /** Called once, after the commit, with the head that was continued. Must not throw. */
  committed?(head: Item | undefined): Promise<void>;
}

/**
 * Times that a commit starts over because another one continued a log first. Fifty processes that begin in the same
 * instant, at 15 ms a transaction, need up to a dozen.
 */
const ROUNDS = 40;
/** Longest wait before a commit starts over: a random part of it spreads those who met. */
const LONGEST_WAIT_MS = 1_000;

/** Commits of one company in this process stand in line: at once they would only overtake each other. */
const inLine = oneAtATime();

/**
 * Commits `writes` together with what continues each log: all of it or nothing, however many logs there are. The receipt
 * of the call under way goes along where it has one.
 *
 * @param writes at most 99 with those of the continuations
 * @throws TransactionRefused when one of `writes` was refused, with its positions in `writes`
 * @throws AppError `unavailable` when too many commit at once, `internal` when a head is behind its rows
 */
export async function commitInOrder(
  scope: TenantScope,
  writes: readonly Write[],
  continuations: readonly Continuation[],
): Promise<void> {
  const heads = await inLine(scope.empresaId, () => commitAfterHeads(scope, writes, continuations));
  await Promise.all(continuations.map((continuation, at) => continuation.committed?.(heads[at])));
}

/** @returns the heads that were continued */
async function commitAfterHeads(
  scope: TenantScope,
  writes: readonly Write[],
  continuations: readonly Continuation[],
): Promise<readonly (Item | undefined)[]> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const startedAt = performance.now();
    const heads = await readHeads(scope, continuations);
    const additions = continuations.map((continuation, at) => continuation.writesAfter(heads[at]));
    try {
      await transactWithReceipt(scope, [...writes, ...additions.flat()]);
      return heads;
    } catch (thrown) {
      refuseUnlessOvertaken(thrown, writes.length, continuations, additions);
    }
    // From what one attempt takes: whoever tries again sooner takes the time of those who would have got through.
    const attemptMs = performance.now() - startedAt;
    await delay(Math.random() * Math.min(LONGEST_WAIT_MS, attemptMs * 2 ** round));
  }
  throw new AppError('unavailable', 'Hay demasiados cambios a la vez. Vuelve a intentarlo.', { retryAfter: 1 });
}

/** The heads in the order of their continuations, by one request. */
async function readHeads(
  { table }: TenantScope,
  continuations: readonly Continuation[],
): Promise<readonly (Item | undefined)[]> {
  const [only, ...others] = continuations.map(({ head }) => head);
  if (only === undefined) return [];
  if (others.length === 0) return [await table.get(only, { consistent: true })];
  const rows = await table.getMany([only, ...others], { consistent: true });
  return continuations.map(({ head }) => rows.find(({ pk, sk }) => pk === head.pk && sk === head.sk));
}

/** Returns when another commit came first, and throws what else went wrong; additions stand behind the `own` writes. */
function refuseUnlessOvertaken(
  thrown: unknown,
  own: number,
  continuations: readonly Continuation[],
  additions: readonly (readonly Write[])[],
): void {
  if (thrown instanceof TransactionRefused) {
    const refused = thrown.failed.filter((position) => position < own);
    if (refused.length > 0) throw new TransactionRefused(refused);
    let start = own;
    for (const [at, { log }] of continuations.entries()) {
      const end = start + (additions[at]?.length ?? 0);
      const hit = thrown.failed.some((position) => position > start && position < end);
      if (hit && !thrown.failed.includes(start)) throw damaged(log, thrown);
      start = end;
    }
    return;
  }
  if (!isTransactionConflict(thrown)) throw thrown;
}

function damaged(log: string, cause: unknown): AppError {
  return new AppError('internal', `${log} de la empresa está dañado y no admite cambios. Avísanos.`, { cause });
}
