import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ rateLimits: true });
});
afterAll(() => cloud.close());
/** Whatever was counted in a test before is forgotten. */
beforeEach(() => cloud.passTime(3_601));

const post = (path: string, body: object) => cloud.client.call('POST', path, { body });
const token = (username: string, password: string) => post('/api/token/', { username, password });

it('POST /api/token/ lets five through in a minute, right ones and wrong ones', async () => {
  const { username } = await cloud.given.aUser(await cloud.given.aCompany());
  const statuses: number[] = [];
  for (const password of [PASSWORD, 'wrong', PASSWORD, 'wrong', PASSWORD, PASSWORD]) {
    statuses.push((await token(username, password)).status);
  }
  expect(statuses).toEqual([200, 401, 200, 401, 200, 429]);
  const refused = await token(username, PASSWORD);
  const wait = Number(refused.headers.get('retry-after'));
  expect(refused.body).toEqual({ detail: `Request was throttled. Expected available in ${wait} seconds.` });
  await cloud.passTime(wait);
  expect((await token(username, PASSWORD)).status).toBe(200);
});

it('the lockout counts both doors (ruling 16): three failures at one and two at the other close the pair', async () => {
  const { username, email } = await cloud.given.aUser(await cloud.given.aCompany());
  const other = cloud.client;
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
  const { username } = await cloud.given.aUser(await cloud.given.aCompany());
  const pairs = [(await token(username, PASSWORD)).body, (await token(username, PASSWORD)).body];
  const refresh = async (text: unknown) =>
    (await cloud.client.call('POST', '/api/token/refresh/', { body: { refresh: text } })).status;
  const [first, second] = pairs.map((pair) => pair.refresh);
  const statuses: number[] = [];
  for (const text of [first, first, first, second]) statuses.push(await refresh(text));
  expect(statuses).toEqual([200, 200, 429, 200]);
});

it('T-RESET lets three resets through in an hour, for whatever address', async () => {
  const statuses: number[] = [];
  for (const email of ['a@example.com', 'none', 'b@example.com', 'c@example.com']) {
    statuses.push((await post('/api/password-reset/', { email })).status);
  }
  expect(statuses).toEqual([200, 400, 200, 429]);
  await cloud.passTime(3_601);
  expect((await post('/api/password-reset', { email: 'c@example.com' })).status).toBe(200);
});

it('T-ANON counts a hundred an hour over registrations, invites and new passwords together', async () => {
  const calls = ['/api/register/', '/api/validate-invite/', '/api/password-reset/confirm/'];
  const statuses = new Set<number>();
  for (let count = 0; count < 100; count += 1) statuses.add((await post(calls[count % 3] ?? '', {})).status);
  expect([...statuses]).toEqual([400]);
  for (const path of calls) expect((await post(path, {})).status).toBe(429);
  // Who signs in is counted apart.
  expect((await token('nobody', PASSWORD)).status).toBe(401);
});
