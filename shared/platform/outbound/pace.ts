import { setTimeout as delay } from 'node:timers/promises';

/** Resolves as soon as one more call may be made. */
export type Pace = () => Promise<void>;

/**
 * At most `calls` calls in any stretch of `withinMs`, for everybody who shares the pace; the others wait their turn.
 * @example const pace = paceOf(12, 10_000)
 */
export function paceOf(calls: number, withinMs: number): Pace {
  const made: number[] = [];
  let turn: Promise<void> = Promise.resolve();
  const next = async () => {
    const oldest = made.length < calls ? undefined : made.shift();
    const wait = oldest === undefined ? 0 : oldest + withinMs - performance.now();
    if (wait > 0) await delay(wait);
    made.push(performance.now());
  };
  return () => {
    turn = turn.then(next);
    return turn;
  };
}
