import { describe, expect, it } from 'vitest';
import {
  afterFailure,
  type BreakerState,
  CLOSED,
  needsProbe,
  probing,
  restMs,
} from '../../../shared/domain/pms/circuit-breaker.ts';
import type { PmsProblem } from '../../../shared/domain/pms/pms-failed.ts';

const NOW = new Date('2026-11-21T09:30:00Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);
const failed = (times: number, problem: PmsProblem = 'TIMEOUT'): BreakerState =>
  Array.from({ length: times }).reduce<BreakerState>((state) => afterFailure(state, { problem }, NOW), CLOSED);

describe('the breaker', () => {
  it('tolerates two failures, rests after the third, and longer after each more, up to a quarter of an hour', () => {
    expect([1, 2, 3, 4, 5, 20].map((times) => restMs(failed(times), NOW) / 1000)).toEqual([0, 0, 30, 60, 120, 900]);
  });

  it.each(['AUTH_INVALID', 'AUTH_SCOPE', 'REAUTH_REQUIRED', 'NOT_FOUND', 'BAD_REQUEST'] as const)(
    '%s says nothing of the provider’s health',
    (problem) => {
      expect(failed(10, problem)).toEqual(CLOSED);
    },
  );

  it('gives a provider the patience that it asks for, within bounds, without holding it for ill', () => {
    const asked = (retryAfter?: number) => afterFailure(CLOSED, { problem: 'RATE_LIMITED', retryAfter }, NOW);
    expect([asked(60), asked(), asked(86_400)].map((state) => restMs(state, NOW) / 1000)).toEqual([60, 30, 900]);
    expect(needsProbe(asked(60), later(61_000))).toBe(false);
  });

  it('lets one try when the rest is over, and keeps the others off meanwhile', () => {
    const open = failed(3);
    expect([needsProbe(open, later(29_000)), needsProbe(open, later(30_000))]).toEqual([false, true]);
    const tried = probing(open, later(30_000));
    expect([restMs(tried, later(30_000)), needsProbe(tried, later(30_000))]).toEqual([30_000, false]);
  });
});
