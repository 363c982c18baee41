import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LoginAttemptRepository } from '../../shared/domain/identity/login-attempt.repository.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const HOME = '203.0.113.1';
const NOW = new Date('2026-06-03T10:00:00Z');
const inSeconds = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

let cloud: TestCloud;
let attempts: LoginAttemptRepository;
let name: string;
let made = 0;
beforeAll(async () => {
  cloud = await startTestCloud();
  attempts = new LoginAttemptRepository(cloud.table);
});
afterAll(() => cloud.close());
beforeEach(() => {
  made += 1;
  name = `persona${made}@example.com`;
});

/** One try to its end; the seconds to wait when it was not let in, else undefined. */
async function tryLogin(right: boolean, from = HOME, now = NOW): Promise<number | undefined> {
  const admission = await attempts.admit(name, from, now);
  if (!admission.admitted) return admission.retryAfter;
  if (right) await attempts.succeeded(admission.pair, now);
  else await attempts.failed(admission.pair);
  return undefined;
}

async function fail(times: number, from = HOME, now = NOW): Promise<(number | undefined)[]> {
  const outcomes: (number | undefined)[] = [];
  for (let count = 0; count < times; count += 1) outcomes.push(await tryLogin(false, from, now));
  return outcomes;
}

const free = (count: number) => Array<undefined>(count).fill(undefined);

describe('failures of one name from one address', () => {
  it('close the pair after five, until half an hour after the first', async () => {
    expect(await fail(5)).toEqual(free(5));
    expect(await tryLogin(true, HOME, inSeconds(60))).toBe(1_740);
    expect(await tryLogin(true, HOME, inSeconds(1_799))).toBe(1);
    expect(await tryLogin(true, HOME, inSeconds(1_800))).toBeUndefined();
  });

  it('are forgotten after a success', async () => {
    for (let round = 0; round < 3; round += 1) {
      expect(await fail(4)).toEqual(free(4));
      expect(await tryLogin(true)).toBeUndefined();
    }
    expect(await fail(6)).toEqual([...free(5), 1_800]);
  });

  it('are forgotten after half an hour', async () => {
    await fail(4);
    expect(await fail(5, HOME, inSeconds(1_800))).toEqual(free(5));
    expect(await tryLogin(true, HOME, inSeconds(1_801))).toBe(1_799);
  });

  it('do not close the name for other addresses, nor the address for other names', async () => {
    await fail(5);
    expect(await tryLogin(true, '203.0.113.2')).toBeUndefined();
    name = `otra.${name}`;
    expect(await tryLogin(true)).toBeUndefined();
  });
});

describe('tries at once', () => {
  it('let no more than five wrong passwords be looked at', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => tryLogin(false)));
    expect(outcomes.filter((wait) => wait === undefined)).toHaveLength(5);
  });

  it('with the right password are all let in', async () => {
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => tryLogin(true)));
    expect(outcomes).toEqual(free(12));
  });
});

describe('a name that many addresses try', () => {
  const crowd = (from: number, to: number) =>
    Promise.all(Array.from({ length: to - from }, (_, at) => tryLogin(false, `198.51.100.${from + at}`)));

  it('is closed to strangers after fifty tries in the hour, and not to where it signed in', async () => {
    expect(await tryLogin(true)).toBeUndefined();
    expect((await crowd(0, 60)).filter((wait) => wait === undefined)).toHaveLength(49);
    expect(await tryLogin(true, '198.51.100.200')).toBe(3_600);
    expect(await tryLogin(true)).toBeUndefined();
    expect(await tryLogin(true, '198.51.100.200', inSeconds(3_600))).toBeUndefined();
  });

  it('refused for that reason uses up none of the five of its pair', async () => {
    await crowd(0, 50);
    expect(await fail(7, '198.51.100.201')).toEqual(Array(7).fill(3_600));
    expect(await fail(5, '198.51.100.201', inSeconds(3_600))).toEqual(free(5));
  });

  it('knows an address for thirty days', async () => {
    await tryLogin(true);
    const later = inSeconds(30 * 86_400);
    for (let at = 0; at < 50; at += 1) await tryLogin(false, `198.51.100.${at}`, later);
    expect(await tryLogin(true, HOME, later)).toBeGreaterThan(0);
  });
});

describe('what is stored', () => {
  it('names neither the person nor the address', async () => {
    const writes: unknown[] = [];
    const watched = Object.create(cloud.table) as typeof cloud.table;
    watched.write = async (write) => {
      writes.push(write);
      return cloud.table.write(write);
    };
    const watching = new LoginAttemptRepository(watched);
    const admission = await watching.admit(name, HOME, NOW);
    if (admission.admitted) await watching.failed(admission.pair);
    expect(writes).toHaveLength(3);
    expect(JSON.stringify(writes)).not.toContain(name);
    expect(JSON.stringify(writes)).not.toContain(HOME);
  });
});
