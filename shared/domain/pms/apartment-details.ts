import { PmsFailed, type PmsProblem } from './pms-failed.ts';
import type { PmsSession } from './pms-session.ts';

/** How long details are asked for. */
export const PATIENT_DETAILS = {
  /** What is kept back of the time, for whatever comes after them. */
  reserveMs: 4_000,
  /** Failures one after another after which the rest is not asked for. */
  failures: 3,
} as const;

/** Says that the account, and not one dwelling, is at fault. */
const FATAL: readonly PmsProblem[] = ['AUTH_INVALID', 'AUTH_SCOPE', 'REAUTH_REQUIRED'];
/** Says that no more can be had this time. */
const ENDING: readonly PmsProblem[] = ['RATE_LIMITED', 'TIMEOUT'];

/**
 * The ids in the order in which details are to be asked for: unknown ones first; then the others, from a place that
 * differs each time, so that each has its turn where the time never suffices for all.
 */
export function knownLast(ids: readonly string[], known: ReadonlySet<string>): readonly string[] {
  const others = ids.filter((id) => known.has(id));
  const start = Math.floor(Math.random() * others.length);
  return [...ids.filter((id) => !known.has(id)), ...others.slice(start), ...others.slice(0, start)];
}

/**
 * Asks for one thing after another as long as there is time; those that fail are missing from the answer.
 * @throws PmsFailed when the credential itself is refused
 */
export async function readDetails<T>(
  { time }: PmsSession,
  ids: readonly string[],
  read: (id: string) => Promise<T>,
): Promise<ReadonlyMap<string, T>> {
  const details = new Map<string, T>();
  let failures = 0;
  for (const id of ids) {
    if (time.leftMs() < PATIENT_DETAILS.reserveMs || failures >= PATIENT_DETAILS.failures) break;
    try {
      details.set(id, await read(id));
      failures = 0;
    } catch (thrown) {
      if (!(thrown instanceof PmsFailed) || FATAL.includes(thrown.problem)) throw thrown;
      if (ENDING.includes(thrown.problem)) break;
      // One that is missing says nothing of the next.
      if (thrown.problem !== 'NOT_FOUND') failures += 1;
    }
  }
  return details;
}
