import { setTimeout as delay } from 'node:timers/promises';

/** The time that an operation has: calls made under it end with it. */
export interface TimeLeft {
  /** Aborts when the time is over. */
  readonly signal: AbortSignal;
  leftMs(): number;
  /** Lets some of it pass. */
  wait(ms: number): Promise<void>;
}

/**
 * A stretch of time that begins now.
 * @example const time = timeLeft(22_000)
 */
export function timeLeft(ms: number): TimeLeft {
  // Measured on a clock that nobody sets.
  const end = performance.now() + ms;
  return {
    signal: AbortSignal.timeout(ms),
    leftMs: () => Math.max(0, end - performance.now()),
    wait: (pause) => delay(pause),
  };
}
