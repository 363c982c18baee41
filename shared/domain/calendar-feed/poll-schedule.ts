/** Base of the wait between two readings; a random half of it again is added, so that feeds spread (`integrations.md` §6.6). */
const BASE_MS = 40 * 60_000;
const JITTER_MS = 20 * 60_000;
/** Longest wait after failures. */
const LONGEST_MS = 12 * 3_600_000;
/** Longest wait that a server may ask for. */
const LONGEST_ASKED_MS = 24 * 3_600_000;

/**
 * Milliseconds until a feed is read again: 40 to 60 minutes, twice as long with each failure in a row up to twelve
 * hours, and no less than its server asked for.
 * @param failures in a row, 0 after a good reading
 * @param random between 0 and 1
 */
export function waitUntilNextPoll(failures: number, random: number, askedMs = 0): number {
  const wait = (BASE_MS + JITTER_MS * random) * 2 ** Math.min(failures, 10);
  return Math.max(Math.min(wait, LONGEST_MS), Math.min(askedMs, LONGEST_ASKED_MS));
}
