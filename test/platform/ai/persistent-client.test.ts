import { describe, expect, it } from 'vitest';
import { AiFailed, type AiProblem, type AiRequest } from '../../../shared/platform/ai/ai-client.ts';
import { askPersistently } from '../../../shared/platform/ai/persistent-client.ts';

const START = Date.parse('2026-06-03T10:00:00Z');
const request = { model: 'first', system: '', user: '', mostTokens: 2_048, minimalReasoning: false, askedBy: 't' };

/** Asks a service that fails as listed and then answers; each call takes a second of a clock that stands still otherwise. */
async function ask(
  failures: readonly (readonly [AiProblem, number?])[],
  { budget = 25_000, fallbackModel = 'next' } = {},
) {
  let now = START;
  const asked: AiRequest[] = [];
  const waits: number[] = [];
  const told: AiProblem[] = [];
  const outcome = await askPersistently(
    {
      clock: { now: () => new Date(now) },
      onFailure: ({ problem }) => told.push(problem),
      wait: async (milliseconds) => {
        waits.push(milliseconds);
        now += milliseconds;
      },
      client: async (call) => {
        now += 1_000;
        const failure = failures[asked.push(call.request) - 1];
        if (failure === undefined) return { text: 'Hola', usage: null };
        const [problem, retryAfterMs] = failure;
        throw new AiFailed(problem, retryAfterMs === undefined ? {} : { retryAfterMs });
      },
    },
    { request, apiKey: 'key', signal: new AbortController().signal, deadline: START + budget, fallbackModel },
  ).then(
    ({ text }) => text,
    (thrown: AiFailed) => thrown.problem,
  );
  return { outcome, asked, waits, told };
}

describe('what is asked again', () => {
  it.each<[AiProblem, number]>([
    ['UPSTREAM_UNAVAILABLE', 3],
    ['RATE_LIMITED', 2],
    ['TIMEOUT', 2],
    ['TRUNCATED', 2],
    ['MODEL_GONE', 2],
    ['AUTH_INVALID', 1],
    ['AUTH_SCOPE', 1],
    ['BAD_REQUEST', 1],
    ['BAD_RESPONSE', 1],
    ['QUOTA_EXHAUSTED', 1],
    ['REFUSED', 1],
  ])('%s: %i times in all', async (problem, times) => {
    const { outcome, asked, told } = await ask(Array(9).fill([problem]));
    expect([outcome, asked.length, told.length]).toEqual([problem, times, times]);
  });

  it('each problem by itself: one after another does not use up the others', async () => {
    const { outcome } = await ask([['TRUNCATED'], ['UPSTREAM_UNAVAILABLE'], ['MODEL_GONE'], ['UPSTREAM_UNAVAILABLE']]);
    expect(outcome).toBe('Hola');
  });
});

describe('how', () => {
  it('with twice the room after a cut answer, and the next model after a gone one', async () => {
    const { asked } = await ask([['TRUNCATED'], ['MODEL_GONE']]);
    expect(asked.map(({ model, mostTokens }) => [model, mostTokens])).toEqual([
      ['first', 2_048],
      ['first', 4_096],
      ['next', 4_096],
    ]);
    expect(asked.at(-1)?.minimalReasoning).toBe(true);
  });

  it('not at all where there is no next model', async () => {
    expect((await ask([['MODEL_GONE']], { fallbackModel: '' })).asked).toHaveLength(1);
  });

  it('after the wait that the vendor asks for, else after a random part of a growing one', async () => {
    expect((await ask([['RATE_LIMITED', 7_000]])).waits).toEqual([7_000]);
    const { waits } = await ask([['UPSTREAM_UNAVAILABLE'], ['UPSTREAM_UNAVAILABLE']]);
    expect(waits[0]).toBeLessThanOrEqual(1_000);
    expect(waits[1]).toBeLessThanOrEqual(2_000);
  });

  it('not when the wait, or another try, does not fit into the time', async () => {
    expect(await ask([['RATE_LIMITED', 40_000]])).toMatchObject({ outcome: 'RATE_LIMITED', waits: [] });
    expect(await ask([['TRUNCATED']], { budget: 2_500 })).toMatchObject({ outcome: 'TRUNCATED', waits: [] });
  });
});
