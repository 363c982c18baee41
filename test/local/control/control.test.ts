import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dailyArrivalsWorkbook } from '../../../infra/local/demo/daily-arrivals-workbook.ts';
import { startTestCloud, type TestCloud } from '../../support/test-cloud.ts';

let test: TestCloud;
beforeAll(async () => {
  test = await startTestCloud({ clock: '2026-11-21T09:30:00Z' });
});
afterAll(() => test.close());

async function call(method: string, path: string, body?: string | Uint8Array<ArrayBuffer>) {
  const answer = await fetch(`${test.cloud.address}${path}`, { method, redirect: 'manual', ...(body && { body }) });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type') === 'application/json';
  return { status: answer.status, headers: answer.headers, text, body: isJson ? JSON.parse(text) : undefined };
}

/** With headers that `fetch` would not send. */
function callWith(method: string, path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(`${test.cloud.address}${path}`, { method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', reject).end();
  });
}

describe('what runs where', () => {
  it('GET /_local/info', async () => {
    const { body } = await call('GET', '/_local/info');
    expect(body).toMatchObject({
      endpoints: {
        dynamodb: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        s3: expect.stringMatching(/^http:/),
        kms: expect.stringMatching(/^http:/),
        sqs: expect.stringMatching(/^http:/),
      },
      table: 'stay-ops-local',
      buckets: {
        arrivals: 'stay-ops-local-arrivals-000000000000-eu-west-1',
        photos: expect.any(String),
        exports: expect.any(String),
      },
      schedules: expect.arrayContaining(['stay-ops-local-late-checkin', 'stay-ops-local-outbox-sweeper']),
      accessKeyId: expect.any(String),
      secretAccessKey: expect.any(String),
      region: 'eu-west-1',
    });
    expect(Object.keys(body.queues)).toContain('stay-ops-local-work');
  });

  it('the page stands by itself: nothing comes from another host', async () => {
    const page = await call('GET', '/_local/');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.text).toContain('stay-ops-local-late-checkin');
    const loaded = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address);
    expect(loaded.filter((address) => !/^(\/|data:|http:\/\/127\.0\.0\.1:)/.test(address))).toEqual([]);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('a page shows what people have typed as text', async () => {
    await test.given.aCompany({ nombre: '<script>alert(1)</script>' });
    const { text } = await call('GET', '/_local/');
    expect(text).not.toContain('<script>alert');
    expect(text).toContain('&lt;script&gt;alert');
  });

  it('leads to the page without its slash', async () => {
    const answer = await call('GET', '/_local');
    expect([answer.status, answer.headers.get('location')]).toEqual([308, '/_local/']);
  });

  it('everything else is 404, a wrong method 405, both as JSON', async () => {
    expect(await call('GET', '/_local/nothing')).toMatchObject({ status: 404, body: { ok: false } });
    const wrong = await call('DELETE', '/_local/clock');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, PUT']);
  });
});

describe('who may call', () => {
  it.each([
    ['a foreign name that leads to this machine', 'GET', { host: 'evil.example:3000' }, 403],
    ['a page of another origin that writes', 'POST', { origin: 'https://evil.example' }, 403],
    ['a page of another site that writes, by the word of the browser', 'POST', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a sandboxed page that writes', 'POST', { origin: 'null' }, 403],
    ['the own page under another loopback name', 'GET', { host: 'localhost:3000' }, 200],
  ] as const)('%s', async (_, method, headers, status) => {
    const path = method === 'GET' ? '/_local/info' : '/_local/schedules/outbox-sweeper/run';
    expect(await callWith(method, path, headers)).toBe(status);
  });

  it('the own page may write', async () => {
    const origin = test.cloud.address;
    expect(
      await callWith('POST', '/_local/schedules/outbox-sweeper/run', { origin, 'sec-fetch-site': 'same-origin' }),
    ).toBe(200);
  });
});

describe('schedules', () => {
  it('run now and answer what the function answered', async () => {
    const answer = await call('POST', '/_local/schedules/stay-ops-local-outbox-sweeper/run');
    expect(answer).toMatchObject({
      status: 200,
      body: { ok: true, name: 'stay-ops-local-outbox-sweeper', result: { enqueued: 0 } },
    });
  });

  it('tell when they are due next, by the clock that was set', async () => {
    const { body } = await call('GET', '/_local/schedules');
    expect(body).toContainEqual({
      name: 'stay-ops-local-late-checkin',
      next: expect.stringMatching(/^2026-11-21T09:4/),
    });
  });

  it('of no name are 404 with the names there are', async () => {
    const answer = await call('POST', '/_local/schedules/nothing/run');
    expect(answer.status).toBe(404);
    expect(answer.body.schedules).toContain('stay-ops-local-late-checkin');
  });

  it('that fail are 500 and say so', async () => {
    await test.cloud.faults.dynamodb.set({ error: 'internal', times: 1_000 });
    const answer = await call('POST', '/_local/schedules/outbox-sweeper/run');
    await test.cloud.faults.dynamodb.clear();
    expect(answer).toMatchObject({ status: 500, body: { ok: false, error: expect.stringMatching(/^\w*Error: /) } });
  });
});

describe('clock', () => {
  it('is moved for the functions', async () => {
    expect((await call('GET', '/_local/clock')).body.now).toMatch(/^2026-11-21T09:3/);
    const set = await call('PUT', '/_local/clock', JSON.stringify({ now: '2027-03-01T12:00:00+01:00' }));
    expect(set.body.now).toMatch(/^2027-03-01T11:00:0/);
    expect((await test.client.get('/api/health')).body.timestamp).toMatch(/^2027-03-01T11:00:0/);
    await call('PUT', '/_local/clock', JSON.stringify({ now: null }));
    const now = new Date((await call('GET', '/_local/clock')).body.now).getTime();
    expect(Math.abs(now - Date.now())).toBeLessThan(5_000);
  });

  it.each(['{', '{}', '{"now":"tomorrow"}', '{"now":"2027-03-01T12:00:00Z","more":1}'])('refuses %s', async (body) => {
    expect((await call('PUT', '/_local/clock', body)).status).toBe(400);
  });
});

describe('partners and outbox', () => {
  it('a fault is set, seen and lifted', async () => {
    const set = await call('PUT', '/_local/partners/mailgun', JSON.stringify({ fault: 'down', times: 2 }));
    expect(set.body).toMatchObject({ name: 'mailgun', fault: 'down', times: 2 });
    expect((await call('GET', '/_local/partners/mailgun')).body).toMatchObject({ fault: 'down', times: 2 });
    await call('PUT', '/_local/partners/mailgun', JSON.stringify({ fault: null }));
    expect((await call('GET', '/_local/partners')).body).toContainEqual(
      expect.objectContaining({ name: 'mailgun', fault: null }),
    );
  });

  it('a fault that is none, and a partner of no name, are refused', async () => {
    expect((await call('PUT', '/_local/partners/mailgun', '{"fault":"angry"}')).status).toBe(400);
    expect(await call('GET', '/_local/partners/nobody')).toMatchObject({
      status: 404,
      body: { partners: expect.arrayContaining(['mailgun']) },
    });
  });

  it('a partner that answers from data shows it, takes parts of it, and goes back to its own', async () => {
    const set = (body: unknown) => call('PUT', '/_local/partners/smoobu', JSON.stringify(body));
    const apartments = [{ id: 7, name: 'Siete' }];
    const both = await set({ fault: '429', times: 1, headers: { 'retry-after': '3' }, data: { apartments } });
    expect(both.body).toMatchObject({ fault: '429', times: 1, data: { apartments, account: { id: 55012 } } });
    expect((await set({ data: { apartments: 'none' } })).status).toBe(400);
    expect((await set({ data: null })).body).toMatchObject({ fault: '429', data: { apartments: { length: 3 } } });
    expect((await set({ fault: null })).body).toMatchObject({ fault: null, calls: 0, recorded: [] });
    expect((await set({})).status).toBe(400);
    expect((await call('PUT', '/_local/partners/mailgun', '{"data":{}}')).status).toBe(400);
  });

  it('mails are listed newest first and shown as text, their HTML caged', async () => {
    const mail = {
      id: '<1>',
      date: '2026-11-21T09:30:00.000Z',
      from: 'a@b',
      to: 'c@d',
      text: '<b>text</b>',
      headers: {},
      attachments: [],
    };
    test.cloud.outbox.add({ ...mail, subject: 'First' });
    const { n } = test.cloud.outbox.add({ ...mail, subject: '<Second>', html: '<img src=x onerror="alert(1)">' });
    const { body } = await call('GET', '/_local/outbox');
    expect(body.map(({ subject }: { subject: string }) => subject)).toEqual(['<Second>', 'First']);
    const page = await call('GET', `/_local/outbox/${n}`);
    expect(page.text).toContain('&lt;Second&gt;');
    expect(page.text).toContain('&lt;b&gt;text');
    expect(page.text).toContain('<iframe sandbox');
    expect(page.text).not.toContain('<img');
    expect((await call('GET', '/_local/outbox/99')).status).toBe(404);
  });
});

describe('dropping a workbook', () => {
  it('goes all the way: import, late run, mail', async () => {
    await test.setTime('2026-11-21T20:30:00Z');
    const company = await test.given.aCompany();
    await test.given.aUser(company);
    await test.given.lateCheckin(company);
    const path = `/_local/arrivals/${company.id}/${encodeURIComponent('llegadas de hoy.xlsx')}`;
    expect((await call('GET', path)).status).toBe(404);
    const before = test.cloud.outbox.list().length;
    const dropped = await call('PUT', path, Uint8Array.from(await dailyArrivalsWorkbook({ checkIn: '2026-11-21' })));
    expect(dropped).toMatchObject({ status: 201, body: { key: `arrivals/${company.id}/llegadas de hoy.xlsx` } });
    await test.cloud.drain();
    expect((await call('GET', path)).status).toBe(200);
    await test.cloud.runSchedule('late-checkin');
    await test.cloud.drain();
    expect(test.cloud.outbox.list()).toHaveLength(before + 1);
  });

  it('for nobody, or of nothing, is refused', async () => {
    expect((await call('PUT', '/_local/arrivals/00000000-0000-4000-8000-00000000abcd/a.xlsx', 'x')).status).toBe(404);
  });
});

describe('reset', () => {
  it('leaves nothing, and everything works', async () => {
    const company = await test.given.aCompany();
    const user = await test.given.aUser(company);
    await test.cloud.faults.s3.set({ error: 'internal', times: 5 });
    await call('PUT', '/_local/partners/mailgun', JSON.stringify({ fault: 'down' }));
    expect((await call('POST', '/_local/reset')).status).toBe(200);
    expect((await call('GET', '/_local/outbox')).body).toEqual([]);
    expect((await call('GET', '/_local/partners/mailgun')).body).toMatchObject({ fault: null, calls: 0 });
    expect((await call('GET', '/_local/clock')).body.now).toMatch(/^2026-11-21T09:3/);
    expect(await test.cloud.tenants()).toEqual([]);
    const answer = await test.client
      .as(undefined)
      .write('POST', '/api/auth/login', { email: user.email, password: 'otra-cosa' });
    expect(answer.status).toBe(401);
  });
});
