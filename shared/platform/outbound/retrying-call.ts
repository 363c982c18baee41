import { type CallOut, type OutboundAnswer, OutboundFailed, type OutboundRequest } from './outbound-call.ts';
import type { TimeLeft } from './time-left.ts';

/** Statuses that a repeat may mend (`integrations.md` §0.2). */
const REPEATED = new Set([408, 425, 429, 500, 502, 503, 504, 529]);
const BASE_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;

export interface Retrying {
  readonly callOut: CallOut;
  /** Bounds all attempts and the waits between them. */
  readonly time: TimeLeft;
  /** Times that it is asked, the first included. */
  readonly attempts: number;
  /** Longest that one attempt may take. */
  readonly attemptMs: number;
  readonly mostBytes: number;
  /** What the service says about when to ask again, in milliseconds; it always wins. */
  readonly delayOf?: (answer: OutboundAnswer) => number | undefined;
}

/**
 * Calls until there is an answer that a repeat would not mend, with full jitter between the attempts, and never beyond
 * the time that is left: rather than wait in vain it hands out what it has. For reads and for writes that may be
 * repeated alone. `request` makes each attempt anew, since a signature may be good for one only.
 *
 * @returns the last answer, whatever its status
 * @throws OutboundFailed when the last attempt brought none
 */
export async function callRetrying(request: () => OutboundRequest, how: Retrying): Promise<OutboundAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await attemptOnce(request(), how);
    const isLast = attempt >= how.attempts || !mayBeMended(outcome);
    const wait = isLast ? Number.POSITIVE_INFINITY : waitAfter(outcome, attempt, how);
    if (wait >= how.time.leftMs()) {
      if (outcome instanceof OutboundFailed) throw outcome;
      return outcome;
    }
    await how.time.wait(wait);
  }
}

async function attemptOnce(request: OutboundRequest, how: Retrying): Promise<OutboundAnswer | OutboundFailed> {
  const signal = AbortSignal.any([how.time.signal, AbortSignal.timeout(how.attemptMs)]);
  try {
    return await how.callOut(request, { signal, mostBytes: how.mostBytes });
  } catch (thrown) {
    if (thrown instanceof OutboundFailed) return thrown;
    throw thrown;
  }
}

function mayBeMended(outcome: OutboundAnswer | OutboundFailed): boolean {
  return outcome instanceof OutboundFailed ? outcome.problem !== 'too_large' : REPEATED.has(outcome.status);
}

function waitAfter(outcome: OutboundAnswer | OutboundFailed, attempt: number, how: Retrying): number {
  const told = outcome instanceof OutboundFailed ? undefined : how.delayOf?.(outcome);
  return told ?? Math.random() * Math.min(LONGEST_DELAY_MS, BASE_DELAY_MS * 2 ** (attempt - 1));
}
