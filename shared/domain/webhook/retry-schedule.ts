import { retryAfterMs } from '../../platform/outbound/retry-after.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Waits between one attempt and the next (`aristay.md` §8.3): ten attempts in about 76 hours. */
const WAITS_MS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];
export const MOST_ATTEMPTS = WAITS_MS.length + 1;
/** Part of a wait by which it may be shorter or longer, so that what failed together does not come back together. */
const JITTER = 0.1;
/** A receiver may ask for a longer wait, up to this. */
const LONGEST_ASKED_MS = 24 * HOUR;

/** Statuses with which `Retry-After` counts. */
const ASKS_FOR_TIME = new Set([429, 502, 503, 504]);

/**
 * How long to wait, in milliseconds, after `attempts` attempts that have failed; undefined after the last.
 *
 * @param random between 0 and 1
 * @param asked what the receiver asked for, in milliseconds; counts when it is longer
 */
export function waitAfter(attempts: number, random: number, asked = 0): number | undefined {
  const wait = WAITS_MS[attempts - 1];
  if (wait === undefined) return undefined;
  const spread = Math.round(wait * (1 - JITTER + 2 * JITTER * random));
  return Math.max(spread, Math.min(asked, LONGEST_ASKED_MS));
}

/** The wait that an answer asks for, in milliseconds; 0 when it asks for none. */
export function askedWait(status: number, retryAfter: string | null, now: Date): number {
  return ASKS_FOR_TIME.has(status) ? (retryAfterMs(retryAfter, now) ?? 0) : 0;
}
