import { describe, expect, it } from 'vitest';
import { type OutboundAnswer, OutboundFailed } from '../../../shared/platform/outbound/outbound-call.ts';
import { retryAfterMs } from '../../../shared/platform/outbound/retry-after.ts';
import { callRetrying } from '../../../shared/platform/outbound/retrying-call.ts';
import { hurriedTime } from '../../support/pms-account.ts';

type Step = number | 'unreachable' | 'too_large';

/** Asks a service that answers the steps one after another, then 200. */
async function asking(steps: readonly Step[], { ms = 60_000, told = undefined as number | undefined } = {}) {
  const time = hurriedTime(ms);
  const made: string[] = [];
  let sent = 0;
  const answered = await callRetrying(
    () => {
      made.push(`request ${made.length + 1}`);
      return { method: 'GET', address: 'https://example.com' };
    },
    {
      callOut: async (): Promise<OutboundAnswer> => {
        const step = steps[sent] ?? 200;
        sent += 1;
        if (typeof step === 'string') throw new OutboundFailed(step);
        return { status: step, headers: new Headers(), text: '' };
      },
      time,
      attempts: 3,
      attemptMs: 10_000,
      mostBytes: 10,
      delayOf: () => told,
    },
  ).then(
    ({ status }) => status,
    (thrown: unknown) => (thrown instanceof OutboundFailed ? thrown.problem : thrown),
  );
  return { answered, made, waits: time.waits };
}

describe('a call that is repeated', () => {
  it.each([408, 425, 429, 500, 502, 503, 504, 529, 'unreachable'] as const)('after %s, made anew', async (step) => {
    const { answered, made } = await asking([step]);
    expect([answered, made]).toEqual([200, ['request 1', 'request 2']]);
  });

  it.each([200, 302, 400, 401, 403, 404, 422, 'too_large'] as const)('is not, after %s', async (step) => {
    const { answered, made } = await asking([step]);
    expect([answered, made.length]).toEqual([step, 1]);
  });

  it('three times at most, and then hands out what it has', async () => {
    expect(await asking([503, 503, 503])).toMatchObject({ answered: 503, made: { length: 3 } });
    expect(await asking([500, 'unreachable', 'unreachable'])).toMatchObject({ answered: 'unreachable' });
  });

  it('waits within a ceiling that doubles', async () => {
    const { waits } = await asking([503, 503]);
    expect(waits).toHaveLength(2);
    expect(waits[0]).toBeLessThanOrEqual(1_000);
    expect(waits[1]).toBeLessThanOrEqual(2_000);
  });

  it('waits for as long as the service says, and not at all when that is longer than the time', async () => {
    expect(await asking([429], { told: 4_000 })).toMatchObject({ answered: 200, waits: [4_000] });
    expect(await asking([429], { told: 4_000, ms: 3_000 })).toMatchObject({ answered: 429, waits: [] });
  });
});

describe('Retry-After', () => {
  const now = new Date('2026-11-21T09:30:00Z');
  it.each([
    ['7', 7_000],
    ['0.5', 500],
    ['-3', 0],
    ['Sat, 21 Nov 2026 09:31:00 GMT', 60_000],
    ['Sat, 21 Nov 2026 09:29:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    [null, undefined],
  ])('%j is %j ms', (value, ms) => {
    expect(retryAfterMs(value, now)).toBe(ms);
  });
});
