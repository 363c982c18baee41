import { afterAll, beforeEach, expect, it } from 'vitest';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud | undefined;
beforeEach(async () => {
  await cloud?.close();
  cloud = await startTestCloud({ rateLimits: true });
});
afterAll(() => cloud?.close());

function running(): TestCloud {
  if (cloud === undefined) throw new Error('The cloud has not been started');
  return cloud;
}

const token = async (username: string, password: string) =>
  running().client.call('POST', '/api/token/', { body: { username, password } });

it('POST /api/token/ lets five through in a minute, right ones and wrong ones', async () => {
  const { username } = await running().given.aUser(await running().given.aCompany());
  const statuses: number[] = [];
  for (const password of [PASSWORD, 'wrong', PASSWORD, 'wrong', PASSWORD, PASSWORD]) {
    statuses.push((await token(username, password)).status);
  }
  expect(statuses).toEqual([200, 401, 200, 401, 200, 429]);
  const refused = await token(username, PASSWORD);
  const wait = Number(refused.headers.get('retry-after'));
  expect(refused.body).toEqual({ detail: `Request was throttled. Expected available in ${wait} seconds.` });
  await running().passTime(wait);
  expect((await token(username, PASSWORD)).status).toBe(200);
});

it('the lockout counts both doors (ruling 16): three failures at one and two at the other close the pair', async () => {
  const { username, email } = await running().given.aUser(await running().given.aCompany());
  const other = running().client;
  for (let count = 0; count < 3; count += 1) expect((await token(username, 'wrong')).status).toBe(401);
  for (let count = 0; count < 2; count += 1) {
    expect((await other.write('POST', '/api/auth/login', { email, password: 'wrong one' })).status).toBe(401);
  }
  expect((await other.write('POST', '/api/auth/login', { email, password: PASSWORD })).status).toBe(429);
  const locked = await token(username, PASSWORD);
  const wait = Number(locked.headers.get('retry-after'));
  expect([locked.status, locked.body]).toEqual([
    429,
    { detail: `Request was throttled. Expected available in ${wait} seconds.` },
  ]);
  expect(wait).toBeGreaterThan(1_700);
});

it('POST /api/token/refresh/ takes the same token twice a minute, and another one beside it', async () => {
  const { username } = await running().given.aUser(await running().given.aCompany());
  const pairs = [(await token(username, PASSWORD)).body, (await token(username, PASSWORD)).body];
  const refresh = async (text: unknown) =>
    (await running().client.call('POST', '/api/token/refresh/', { body: { refresh: text } })).status;
  const [first, second] = pairs.map((pair) => pair.refresh);
  const statuses: number[] = [];
  for (const text of [first, first, first, second]) statuses.push(await refresh(text));
  expect(statuses).toEqual([200, 200, 429, 200]);
});
