import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { functionLog } from '../../../shared/platform/log/log.ts';

let lines: Record<string, unknown>[];
beforeEach(() => {
  lines = [];
  const take = (text: unknown) => void lines.push(JSON.parse(String(text)));
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  for (const method of ['info', 'warn', 'error'] as const) vi.spyOn(console, method).mockImplementation(take);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('log lines', () => {
  it('carry code, fields and the id of their own request, though requests run side by side', async () => {
    const log = functionLog();
    const work = (id: string, wait: number) =>
      log.within(id, async () => {
        for (let turn = 0; turn < wait; turn += 1) await Promise.resolve();
        log.info('LOGIN_ACCEPTED', { user_id: `user of ${id}` });
      });
    await Promise.all([work('a', 5), work('b', 1), work('c', 3)]);
    expect(lines.map(({ request_id, user_id, event }) => [event, request_id, user_id])).toEqual([
      ['LOGIN_ACCEPTED', 'b', 'user of b'],
      ['LOGIN_ACCEPTED', 'c', 'user of c'],
      ['LOGIN_ACCEPTED', 'a', 'user of a'],
    ]);
  });

  it('tell of what was thrown its class and its frames, never its message', () => {
    functionLog().error('REQUEST_FAILED', new TypeError('Ana García\n    at 600111222'), { status: 500 });
    expect(lines[0]).toMatchObject({ event: 'REQUEST_FAILED', error: 'TypeError', status: 500 });
    expect(JSON.stringify(lines)).not.toMatch(/Ana|600111222/);
    expect(lines[0]?.frames).not.toEqual([]);
  });

  it('of something thrown that is no error say only that', () => {
    functionLog().error('REQUEST_FAILED', 'Ana García');
    expect(JSON.stringify(lines)).not.toContain('Ana');
  });
});
