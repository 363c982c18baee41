import type { PmsApartment } from './pms-client.ts';
import { PmsFailed, type PmsProblem } from './pms-failed.ts';
import type { PmsSession } from './pms-session.ts';

/** What is kept back of the time, for whatever comes after the details. */
const RESERVED_MS = 4_000;
/** Failures one after another after which the rest is not asked for. */
const MOST_FAILURES = 3;

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

/** What became of the details of some things: those that were asked for and failed are `failed`. */
export type Details<T> = ReadonlyMap<string, T | 'failed'>;

/**
 * Asks for one thing after another as long as there is time.
 * @throws PmsFailed when the credential itself is refused
 */
export async function readDetails<T>(
  { time }: PmsSession,
  ids: readonly string[],
  read: (id: string) => Promise<T>,
): Promise<Details<T>> {
  const details = new Map<string, T | 'failed'>();
  let failures = 0;
  for (const id of ids) {
    if (time.leftMs() < RESERVED_MS || failures >= MOST_FAILURES) break;
    try {
      details.set(id, await read(id));
      failures = 0;
    } catch (thrown) {
      if (!(thrown instanceof PmsFailed) || FATAL.includes(thrown.problem)) throw thrown;
      if (ENDING.includes(thrown.problem)) break;
      details.set(id, 'failed');
      // One that is missing says nothing of the next.
      if (thrown.problem !== 'NOT_FOUND') failures += 1;
    }
  }
  return details;
}

/** The details of one thing, and what became of them. */
export function detailOf<T>(details: Details<T>, id: string): [T | undefined, PmsApartment['detalle']] {
  const found = details.get(id);
  if (found === undefined) return [undefined, 'sin_pedir'];
  return found === 'failed' ? [undefined, 'fallido'] : [found, 'leido'];
}
