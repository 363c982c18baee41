import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../clock/clock.ts';
import { type AiAnswer, type AiCall, type AiClient, AiFailed, type AiProblem } from './ai-client.ts';

/** How often each problem is worth another try (`integrations.md` §3.4). What is not named is final. */
const RETRIES: Partial<Readonly<Record<AiProblem, number>>> = {
  MODEL_GONE: 1,
  RATE_LIMITED: 1,
  TIMEOUT: 1,
  TRUNCATED: 1,
  UPSTREAM_UNAVAILABLE: 2,
};
const FIRST_WAIT_MS = 1_000;
/** An answer takes seconds: a try that is left less is not begun. */
const LEAST_TRY_MS = 2_000;

/** A call that may be repeated until its time is over. */
export interface PersistentCall extends AiCall {
  /** Epoch milliseconds at which the signal ends it. */
  readonly deadline: number;
  /** The model to ask when the first one is gone: one that takes minimal reasoning. */
  readonly fallbackModel?: string | undefined;
}

interface Deps {
  readonly client: AiClient;
  readonly clock: Clock;
  /** Told of each failed try, the last one included. */
  readonly onFailure: (failure: AiFailed, model: string) => void;
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
}

/** Ended early, it leaves it to the next try to find that the time is over. */
const waiting = (milliseconds: number, signal: AbortSignal) =>
  delay(milliseconds, undefined, { signal }).catch(() => undefined);

/**
 * Asks until there is an answer, the problem is final, or its tries or the time are used up. A wait that the vendor
 * asks for wins over ours; one that does not fit into the time ends it.
 * @throws AiFailed the last problem
 */
export async function askPersistently(deps: Deps, call: PersistentCall): Promise<AiAnswer> {
  const { client, clock, wait = waiting } = deps;
  const used = new Map<AiProblem, number>();
  let request = call.request;
  for (;;) {
    try {
      return await client({ ...call, request });
    } catch (thrown) {
      if (!(thrown instanceof AiFailed)) throw thrown;
      deps.onFailure(thrown, request.model);
      const { problem, details } = thrown;
      const tries = used.get(problem) ?? 0;
      const pause = pauseBefore(problem, tries, details.retryAfterMs);
      const isLast = tries >= (RETRIES[problem] ?? 0) || (problem === 'MODEL_GONE' && !call.fallbackModel);
      if (isLast || call.signal.aborted || clock.now().getTime() + pause + LEAST_TRY_MS > call.deadline) throw thrown;
      used.set(problem, tries + 1);
      request = mended(request, problem, call.fallbackModel);
      await wait(pause, call.signal);
    }
  }
}

/** Full jitter for those that wait for a busy vendor, nothing for those that change the question. */
function pauseBefore(problem: AiProblem, tries: number, asked: number | undefined): number {
  if (asked !== undefined) return asked;
  const isBusy = problem === 'RATE_LIMITED' || problem === 'UPSTREAM_UNAVAILABLE';
  return isBusy ? Math.random() * FIRST_WAIT_MS * 2 ** tries : 0;
}

function mended(request: AiCall['request'], problem: AiProblem, fallbackModel: string | undefined): AiCall['request'] {
  if (problem === 'TRUNCATED') return { ...request, mostTokens: request.mostTokens * 2 };
  if (problem === 'MODEL_GONE' && fallbackModel) return { ...request, model: fallbackModel, minimalReasoning: true };
  return request;
}
