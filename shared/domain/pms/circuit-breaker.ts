import type { PmsProblem } from './pms-failed.ts';

/** What is remembered of an account that fails: of one company and its provider, while its credential stays the same. */
export interface BreakerState {
  /** Operations that failed one after another for want of a provider that answers. */
  readonly failures: number;
  /** Until when nothing is asked, ISO 8601; null when the next operation may ask. */
  readonly until: string | null;
}

export const CLOSED: BreakerState = { failures: 0, until: null };

/** Says that the provider is ill, not that we asked for the wrong thing. */
const ILL: readonly PmsProblem[] = ['BAD_RESPONSE', 'TIMEOUT', 'UPSTREAM_UNAVAILABLE'];

/** Each operation has repeated its calls before it counts as failed. */
const TOLERATED = 3;
const FIRST_REST_MS = 30_000;
const LONGEST_REST_MS = 15 * 60_000;
/** How long one operation may find out whether the provider is well again, before another one tries. */
const PROBE_MS = 30_000;

/** Milliseconds for which nothing is to be asked. */
export function restMs({ until }: BreakerState, now: Date): number {
  return until === null ? 0 : Math.max(0, Date.parse(until) - now.getTime());
}

/** True once the rest is over after failures: one operation tries, the others wait for what becomes of it. */
export function needsProbe(state: BreakerState, now: Date): boolean {
  return state.failures >= TOLERATED && restMs(state, now) === 0;
}

/** While somebody tries. */
export function probing(state: BreakerState, now: Date): BreakerState {
  return { ...state, until: new Date(now.getTime() + PROBE_MS).toISOString() };
}

/** After a failed operation; the same state when the failure says nothing of the provider's health. */
export function afterFailure(
  state: BreakerState,
  { problem, retryAfter }: { readonly problem: PmsProblem; readonly retryAfter?: number | undefined },
  now: Date,
): BreakerState {
  const restUntil = (ms: number) => new Date(now.getTime() + Math.min(ms, LONGEST_REST_MS)).toISOString();
  // It answers well and asks for patience: it gets it.
  if (problem === 'RATE_LIMITED') return { ...state, until: restUntil((retryAfter ?? 30) * 1000) };
  if (!ILL.includes(problem)) return state;
  const failures = state.failures + 1;
  if (failures < TOLERATED) return { failures, until: state.until };
  return { failures, until: restUntil(FIRST_REST_MS * 2 ** (failures - TOLERATED)) };
}
