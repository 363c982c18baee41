import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ rateLimits: true });
});
afterAll(() => cloud.close());

describe('rate limits (§2.9)', () => {
  it('count every attempt, even without CSRF, and say when to come back', async () => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 10; attempt += 1) {
      statuses.push((await cloud.client.call('POST', '/api/auth/login', { body: {} })).status);
    }
    expect(statuses).toEqual(Array(10).fill(403));
    const refused = await cloud.client.write('POST', '/api/auth/login', {
      email: 'a@example.com',
      password: 'contraseña',
    });
    expect([refused.status, refused.body]).toEqual([
      429,
      { ok: false, errors: [expect.stringContaining('Demasiadas peticiones')] },
    ]);
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(3_600);
    expect(refused.headers.get('ratelimit')).toBe(`"default";r=0;t=${wait}`);
    expect(refused.headers.get('ratelimit-policy')).toBe('"default";q=10;w=3600');
    await cloud.passTime(wait);
    expect((await cloud.client.call('POST', '/api/auth/login', { body: {} })).status).toBe(403);
  });

  it('hold when calls come at once', async () => {
    await cloud.passTime(3_600);
    const calls = Array.from({ length: 40 }, () => cloud.client.get('/api/csrf-token'));
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(30);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
  });

  it("look at the gateway's source address, never at a header", async () => {
    const answer = await cloud.client.get('/api/csrf-token', { 'x-forwarded-for': '203.0.113.9' });
    expect(answer.status).toBe(429);
  });

  it('leave health and reads alone', async () => {
    for (let call = 0; call < 60; call += 1) expect((await cloud.client.get('/api/health')).status).toBe(200);
  });
});

describe('the limit of access requests', () => {
  it('is RATE_LIMIT_CONTACT, the other form has one of its own', async () => {
    await cloud.passTime(3_600);
    const statusesOf = async (path: string, times: number) => {
      const statuses: number[] = [];
      for (let call = 0; call < times; call += 1) statuses.push((await cloud.client.call('POST', path)).status);
      return statuses;
    };
    expect(await statusesOf('/api/contact', 6)).toEqual([...Array(5).fill(403), 429]);
    expect(await statusesOf('/api/contacto', 11)).toEqual([...Array(10).fill(403), 429]);
  });
});

describe('T-PHOTO (`aristay.md` §1.9)', () => {
  it('lets a person send 15 photos in a minute, by whichever route', async () => {
    await cloud.passTime(3_600);
    const { email } = await cloud.given.aUser(await cloud.given.aCompany());
    const client = await cloud.client.signIn(email, PASSWORD);
    const picture = { name: 'a.jpg', bytes: Buffer.from('a') };
    const statuses: number[] = [];
    for (let call = 0; call < 5; call += 1) {
      statuses.push((await client.call('POST', '/api/tasks/1/images/upload-url/', { body: {} })).status);
      statuses.push((await client.upload('/api/tasks/1/images/create/', picture, { field: 'image' })).status);
      const fields = { item_id: '1001' };
      const form = { field: 'photo', fields };
      statuses.push((await client.upload('/api/staff/checklist/photo/upload/', picture, form)).status);
    }
    expect(statuses).toEqual(Array(15).fill(404));
    const refused = await client.upload('/api/tasks/1/images/create/', picture, { field: 'image' });
    expect([refused.status, refused.body]).toEqual([
      429,
      { detail: expect.stringMatching(/^Request was throttled\. Expected available in \d+ seconds?\.$/) },
    ]);
  });
});
