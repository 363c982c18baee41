import { describe, expect, it } from 'vitest';
import { askedWait, MOST_ATTEMPTS, waitAfter } from '../../../shared/domain/webhook/retry-schedule.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

describe('the waits between attempts', () => {
  it('are those of the contract when the jitter is in its middle, ten attempts in about 76 hours', () => {
    const waits = Array.from({ length: MOST_ATTEMPTS }, (_, at) => waitAfter(at + 1, 0.5));
    expect(waits.slice(0, -1).map((wait = 0) => wait / SECOND)).toEqual([
      5,
      300,
      1_800,
      2 * 3_600,
      5 * 3_600,
      10 * 3_600,
      14 * 3_600,
      20 * 3_600,
      24 * 3_600,
    ]);
    expect(waits.at(-1)).toBeUndefined();
    const total = waits.reduce<number>((sum, wait = 0) => sum + wait, 0);
    expect(total / HOUR).toBeCloseTo(75.58, 1);
  });

  it('differ by ten per cent at most', () => {
    expect([waitAfter(2, 0), waitAfter(2, 1)]).toEqual([270 * SECOND, 330 * SECOND]);
  });

  it('grow to what the receiver asks for, never beyond a day, and never shrink', () => {
    expect(waitAfter(1, 0.5, 60 * SECOND)).toBe(60 * SECOND);
    expect(waitAfter(1, 0.5, 1 * SECOND)).toBe(5 * SECOND);
    expect(waitAfter(1, 0.5, 1_000 * HOUR)).toBe(24 * HOUR);
    expect(waitAfter(MOST_ATTEMPTS, 0.5, 60 * SECOND)).toBeUndefined();
  });
});

describe('what a receiver asks for', () => {
  const now = new Date('2026-05-01T10:00:00Z');

  it.each([
    [429, '120', 120 * SECOND],
    [503, ' 7 ', 7 * SECOND],
    [502, 'Fri, 01 May 2026 10:02:00 GMT', 120 * SECOND],
    [504, 'Fri, 01 May 2026 09:00:00 GMT', 0],
    [503, 'soon', 0],
    [503, null, 0],
    [500, '120', 0],
    [200, '120', 0],
  ])('%s with Retry-After %s', (status, header, wait) => {
    expect(askedWait(status, header, now)).toBe(wait);
  });
});
