import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { systemClock } from '../../shared/platform/clock/clock.ts';
import { tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { transactWithReceipt } from '../../shared/platform/dynamo/receipt.ts';
import { AppError } from '../../shared/platform/errors/app-error.ts';
import { booleanField, choiceField, filter, idParam, integerField } from '../../shared/platform/http/aristay-fields.ts';
import { defineHttpFunction, type HttpHandler } from '../../shared/platform/http/http-function.ts';
import { listQuery, orderRows, pageOf } from '../../shared/platform/http/numbered-list.ts';
import { defineRoutes, loading, reply } from '../../shared/platform/http/route.ts';
import { T_AUTH, T_REFRESH } from '../../shared/platform/http/throttles.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { BARE_DEPS } from '../support/bare-deps.ts';
import { type EventOptions, httpEvent } from '../support/http-event.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const common = { surface: 'aristay', tag: 'Test' } as const;
const row = z.object({ id: z.int(), name: z.string(), due: z.string().nullable() });

const routes = defineRoutes({
  list: {
    ...common,
    method: 'GET',
    path: '/api/things/',
    summary: 'Lists',
    access: 'any',
    query: listQuery(
      {
        kind: filter(choiceField(['odd', 'even'])),
        least: filter(integerField()),
        named: filter(booleanField()),
      },
      { allowed: ['name', 'due'], byDefault: '-name' },
    ),
    success: { status: 200, rows: row },
  },
  edit: {
    ...common,
    method: 'PATCH',
    path: '/api/things/{id}/',
    summary: 'Edits',
    access: 'manager',
    params: z.object({ id: idParam }),
    body: { schema: z.object({ name: z.string().min(1).max(5), rank: z.int().optional() }) },
    success: { status: 200, schema: z.object({ id: z.int(), name: z.string(), effects: z.int() }) },
  },
  make: {
    ...common,
    method: 'POST',
    path: '/api/things/',
    summary: 'Makes',
    access: 'manager',
    body: { schema: z.object({ name: z.string() }) },
    success: { status: 201, schema: z.object({ name: z.string() }) },
  },
  remove: {
    ...common,
    method: 'DELETE',
    path: '/api/things/{id}/',
    summary: 'Removes',
    access: 'manager',
    params: z.object({ id: idParam }),
    success: { status: 204 },
  },
  enter: {
    ...common,
    method: 'POST',
    path: '/api/enter/',
    summary: 'Enters',
    access: 'public',
    rateLimit: T_AUTH,
    body: { schema: z.object({ username: z.string() }) },
    success: { status: 200, schema: z.object({}) },
  },
  renew: {
    ...common,
    method: 'POST',
    path: '/api/renew/',
    summary: 'Renews',
    access: 'public',
    rateLimit: T_REFRESH,
    body: { schema: z.object({ refresh: z.string() }) },
    success: { status: 200, schema: z.object({}) },
  },
});

const ROWS = Array.from({ length: 42 }, (_, at) => ({
  id: at + 1,
  name: `n${String(at % 21).padStart(2, '0')}`,
  due: at % 3 === 0 ? null : `2025-09-${String(1 + (at % 28)).padStart(2, '0')}T08:00:00Z`,
}));

let cloud: TestCloud;
let handler: HttpHandler;
let effects = 0;
/** What a making waits for before its effect, and between its effect and its answer. */
let beforeMaking: Promise<unknown> | undefined;
let afterMaking: Promise<unknown> | undefined;
beforeAll(async () => {
  cloud = await startTestCloud({ rateLimits: true });
  handler = defineHttpFunction(
    routes,
    {
      list: async ({ query }) => {
        const kept = ROWS.filter(
          ({ id }) => query.kind === undefined || (id % 2 === 1) === (query.kind === 'odd'),
        ).filter(({ id }) => query.least === undefined || id >= query.least);
        return pageOf(
          orderRows(kept, query.ordering, (thing, key) => thing[key]),
          query,
        );
      },
      edit: loading(async ({ params }) => {
        if (params.id === 404) throw new AppError('not_found', 'Not found.');
        return async ({ body }) => {
          await new Promise((resolve) => setTimeout(resolve, 100));
          effects += 1;
          return { id: params.id, name: body.name, effects };
        };
      }),
      make: async ({ body, actor: { empresaId } }) => {
        await beforeMaking;
        const item = { pk: `T#${empresaId}#THING`, sk: randomIds.uuid(), name: body.name };
        await transactWithReceipt(new TenantScope(cloud.table, empresaId), [{ kind: 'put', item }]);
        await afterMaking;
        return { name: body.name };
      },
      remove: async () => {
        effects += 1;
        return undefined;
      },
      enter: async () => {
        throw new AppError('unauthenticated', 'No active account found with the given credentials');
      },
      renew: async () => reply({}),
    },
    {
      ...BARE_DEPS,
      table: cloud.table,
      clock: { now: () => cloud.cloud.now() },
      rateLimits: true,
      tenantKeys: tenantKeys('alias/stay-ops-local', systemClock),
    },
  );
});
afterAll(() => cloud.close());

function anActor(role: Actor['role'] = 'manager', wanted: Partial<Actor> = {}): Actor {
  const ids = {
    userId: randomIds.uuid(),
    empresaId: randomIds.uuid(),
    email: 'x@example.com',
    number: 1,
    username: 'x',
  };
  return { ...ids, role, esSuperadmin: false, debeCambiarPassword: false, ...wanted };
}

const actor = anActor();

async function call(method: string, path: string, options: EventOptions = {}) {
  const event = httpEvent(method, path, { verdict: { verdict: 'ok', toolsOff: [], actor }, ...options });
  const id = /things\/([^/]+)/.exec(path)?.[1];
  const routed = { ...event, routeKey: event.routeKey.replace(/things\/[^/]+/, 'things/{id}') };
  const given = id === undefined ? routed : { ...routed, pathParameters: { id } };
  const answer = await handler(given, {} as Context);
  return {
    status: answer.statusCode,
    headers: answer.headers ?? {},
    body: answer.body ? (JSON.parse(answer.body) as Record<string, unknown>) : undefined,
  };
}

const JSON_TYPE = { 'content-type': 'application/json' };
const edit = (id: string, content: unknown, headers: Record<string, string> = {}, by = actor) =>
  call('PATCH', `/api/things/${id}/`, {
    headers: { ...JSON_TYPE, ...headers },
    body: JSON.stringify(content),
    verdict: { verdict: 'ok', toolsOff: [], actor: by },
  });

describe('lists (aristay.md §1.4)', () => {
  it('come a page at a time with absolute links that keep every other parameter', async () => {
    const { body } = await call('GET', '/api/things/', { query: 'page=2&page_size=20&kind=' });
    expect(body).toMatchObject({
      count: 42,
      next: 'https://api.example.com/api/things/?kind=&page=3&page_size=20',
      previous: 'https://api.example.com/api/things/?kind=&page_size=20',
    });
    expect(body?.results).toHaveLength(20);
  });

  it('link from the path without a slash to the one with it, and end in nulls', async () => {
    const first = await call('GET', '/api/things', { query: 'page_size=100' });
    expect([first.body?.next, first.body?.previous, first.body?.count]).toEqual([null, null, 42]);
    const last = await call('GET', '/api/things', { query: 'page=last' });
    expect([last.body?.next, last.body?.previous]).toEqual([null, 'https://api.example.com/api/things/?page=2']);
    expect(last.body?.results).toHaveLength(2);
  });

  it.each(['0', '-1', '4', 'two', '1.5'])('answer 404 for page %s', async (page) => {
    const answer = await call('GET', '/api/things/', { query: `page=${page}` });
    expect([answer.status, answer.body]).toEqual([404, { detail: 'Invalid page.' }]);
  });

  it.each([
    ['500', 42],
    ['0', 20],
    ['x', 20],
    ['7', 7],
    ['', 20],
  ])('read page_size=%s as %i rows', async (size, rows) => {
    expect((await call('GET', '/api/things/', { query: `page_size=${size}` })).body?.results).toHaveLength(rows);
  });

  it('have a first page when they are empty', async () => {
    const { body } = await call('GET', '/api/things/', { query: 'least=1000' });
    expect(body).toEqual({ count: 0, next: null, previous: null, results: [] });
  });
});

describe('ordering (aristay.md §1.5)', () => {
  const order = async (ordering: string) => {
    const { body } = await call('GET', '/api/things/', { query: `page_size=100&ordering=${ordering}` });
    return body?.results as { id: number; name: string; due: string | null }[];
  };

  it('takes several keys, breaks ties by id descending and falls back to the default', async () => {
    expect((await order('name')).slice(0, 4).map(({ id }) => id)).toEqual([22, 1, 23, 2]);
    expect((await order('unknown')).slice(0, 2).map(({ id }) => id)).toEqual([42, 21]);
    expect((await order('-name,-due')).slice(0, 2).map(({ id }) => id)).toEqual([21, 42]);
  });

  it.each(['due', '-due'])('puts nulls last for %s', async (ordering) => {
    const dues = (await order(ordering)).map(({ due }) => due);
    expect(dues.slice(-14)).toEqual(Array(14).fill(null));
    const sorted = dues.slice(0, -14).map(String);
    expect(sorted).toEqual(ordering === 'due' ? [...sorted].sort() : [...sorted].sort().reverse());
  });
});

describe('filters (aristay.md §1.6)', () => {
  it('are read in any case, combine, and are none when empty or unknown', async () => {
    const count = async (query: string) => (await call('GET', '/api/things/', { query })).body?.count;
    expect([await count('kind= ODD '), await count('kind=odd&least=41'), await count('kind=&x=1')]).toEqual([
      21, 1, 42,
    ]);
  });

  it('of a wrong type or outside the enumeration are a 400', async () => {
    const answer = await call('GET', '/api/things/', { query: 'kind=blue&least=many&named=perhaps' });
    expect([answer.status, answer.body]).toEqual([
      400,
      {
        error: 'Validation failed',
        details: {
          kind: ['"blue" is not a valid choice.'],
          least: ['A valid integer is required.'],
          named: ['Must be a valid boolean.'],
        },
      },
    ]);
  });
});

describe('the order of the checks (aristay.md §1.8)', () => {
  it('is path, method, token, role, body, object, fields', async () => {
    const bad = { headers: { 'content-type': 'text/plain' }, body: 'x' };
    const member = { verdict: { verdict: 'ok', toolsOff: [], actor: anActor('member') } } as const;
    const statuses = [
      await call('PATCH', '/api/things/x/', { ...bad, verdict: { verdict: 'missing' } }),
      await call('PATCH', '/api/things/x/', { ...bad, ...member }),
      await call('PATCH', '/api/things/x/', bad),
      await edit('x', { name: '' }),
      await edit('404', { name: '' }),
      await edit('1', { name: '' }),
    ].map(({ status, body }) => [status, body]);
    expect(statuses).toEqual([
      [401, { detail: 'Authentication credentials were not provided.' }],
      [403, { error: 'Permission denied' }],
      [415, { detail: 'Unsupported media type "text/plain" in request.' }],
      [404, { detail: 'Not found.' }],
      [404, { detail: 'Not found.' }],
      [400, { error: 'Validation failed', details: { name: ['This field may not be blank.'] } }],
    ]);
  });

  it.each([
    ['missing', 'Authentication credentials were not provided.', undefined],
    ['invalid', 'Token is invalid or expired', 'token_not_valid'],
    ['inactive', 'User is inactive', 'user_inactive'],
  ] as const)('says why a token is %s', async (verdict, detail, code) => {
    const answer = await call('GET', '/api/things/', { verdict: { verdict } });
    expect([answer.status, answer.body]).toEqual([401, code === undefined ? { detail } : { detail, code }]);
    expect(answer.headers['WWW-Authenticate']).toBe('Bearer realm="api"');
  });

  it('asks to come back while nobody can be asked whose a token is', async () => {
    const answer = await call('GET', '/api/things/', { verdict: { verdict: 'unavailable' } });
    expect([answer.status, answer.body]).toEqual([503, { detail: expect.any(String) }]);
    expect(answer.headers['Retry-After']).toBe('5');
  });

  it('reads a form as it reads JSON, a missing body as one without fields, and tells of broken JSON as a whole', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const whole = (answer: Awaited<ReturnType<typeof call>>) => [answer.status, answer.body?.details];
    expect((await call('PATCH', '/api/things/1/', { headers: form, body: 'name=abc' })).status).toBe(200);
    expect(whole(await call('PATCH', '/api/things/1/'))).toEqual([400, { name: ['This field is required.'] }]);
    const broken = await call('PATCH', '/api/things/1/', { headers: JSON_TYPE, body: '{' });
    expect(whole(broken)).toEqual([400, { non_field_errors: [expect.stringContaining('JSON')] }]);
    const list = await call('PATCH', '/api/things/1/', { headers: JSON_TYPE, body: '[1]' });
    expect(whole(list)).toEqual([400, { non_field_errors: [expect.any(String)] }]);
  });
});

describe('throttles (aristay.md §1.9)', () => {
  const enter = (address: string) =>
    call('POST', '/api/enter/', { address, headers: JSON_TYPE, body: '{"username":"x"}' });

  it('T-AUTH lets five through in any sixty seconds, failures counted, refusals not', async () => {
    const start = cloud.cloud.now().getTime();
    const statuses: number[] = [];
    for (let count = 0; count < 6; count += 1) statuses.push((await enter('192.0.2.5')).status ?? 0);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    const refused = await enter('192.0.2.5');
    const wait = Number(refused.headers['Retry-After']);
    expect(refused.body).toEqual({ detail: `Request was throttled. Expected available in ${wait} seconds.` });
    expect(refused.headers.RateLimit).toBe(`"T-AUTH";r=0;t=${wait}`);
    expect(refused.headers['RateLimit-Policy']).toBe('"T-AUTH";q=5;w=60');
    expect((await enter('192.0.2.6')).status).toBe(401);
    await cloud.setTime(new Date(start + 60_000 + wait * 1000).toISOString());
    expect((await enter('192.0.2.5')).status).toBe(401);
  });

  it('hold when calls come at once, with an old log to trim too', async () => {
    for (const round of [1, 2]) {
      const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await enter('192.0.2.7')).status));
      expect([round, statuses.filter((status) => status === 401).length]).toEqual([round, 5]);
      await cloud.passTime(61);
    }
  });

  it('T-REFRESH counts two for each token, and a body without one not at all', async () => {
    const renew = async (content: unknown) =>
      (await call('POST', '/api/renew/', { headers: JSON_TYPE, body: JSON.stringify(content) })).status ?? 0;
    const statuses: number[] = [];
    for (const refresh of ['one', 'one', 'one', 'two']) statuses.push(await renew({ refresh }));
    for (let count = 0; count < 3; count += 1) statuses.push(await renew({}));
    expect(statuses).toEqual([200, 200, 429, 200, 400, 400, 400]);
  });

  it('T-USER counts every call with a token, over all routes, but none that the role gate refused', async () => {
    const me = { verdict: { verdict: 'ok', toolsOff: [], actor: anActor('member') } } as const;
    expect((await call('PATCH', '/api/things/1/', me)).status).toBe(403);
    const first = await call('GET', '/api/things/', me);
    expect(first.headers.RateLimit).toMatch(/^"T-USER";r=999;t=\d+$/);
    expect((await call('GET', '/api/things', me)).headers.RateLimit).toMatch(/^"T-USER";r=998;/);
  });
});

describe('X-Idempotency-Key (aristay.md §1.10)', () => {
  const keyed = (key: string) => ({ 'x-idempotency-key': key });

  it('performs fifty equal writes at once a single time and gives all the same reply', async () => {
    const before = effects;
    const answers = await Promise.all(Array.from({ length: 50 }, () => edit('5', { name: 'one' }, keyed('fifty'))));
    expect(effects).toBe(before + 1);
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body])))).toEqual(
      new Set([JSON.stringify([200, { id: 5, name: 'one', effects: before + 1 }])]),
    );
    expect(answers.filter(({ headers }) => headers['Idempotent-Replay'] === 'true')).toHaveLength(49);
  });

  it('replays a DELETE, whose object is gone by then', async () => {
    const before = effects;
    const remove = () => call('DELETE', '/api/things/6/', { headers: keyed('gone') });
    const [first, second] = [await remove(), await remove()];
    expect([first.status, second.status, second.body, effects]).toEqual([204, 204, undefined, before + 1]);
    expect(second.headers['Idempotent-Replay']).toBe('true');
  });

  it('refuses another content under the same key, and keeps nothing that failed', async () => {
    expect((await edit('7', { name: 'far too long' }, keyed('k7'))).status).toBe(400);
    expect((await edit('7', { name: 'ok' }, keyed('k7'))).status).toBe(200);
    const other = await edit('7', { name: 'else' }, keyed('k7'));
    expect([other.status, other.body]).toEqual([
      400,
      { error: 'Validation failed', details: { non_field_errors: [expect.stringContaining('another request')] } },
    ]);
    expect((await edit('7', { name: 'ok' }, keyed('x'.repeat(65)))).status).toBe(400);
  });

  it('belongs to one user, method and path, and lives for seven days', async () => {
    const replayed = async (...call: Parameters<typeof edit>) =>
      (await edit(...call)).headers['Idempotent-Replay'] === 'true';
    const name = { name: 'mine' };
    expect(await replayed('8', name, keyed('k8'))).toBe(false);
    const colleague = anActor('admin', { empresaId: actor.empresaId });
    expect(await replayed('8', name, keyed('k8'), colleague)).toBe(false);
    expect(await replayed('9', name, keyed('k8'))).toBe(false);
    expect(await replayed('8', name, keyed('k8'))).toBe(true);
    await cloud.passTime(7 * 86_400 + 1);
    expect(await replayed('8', name, keyed('k8'))).toBe(false);
  });

  describe('where something new is made', () => {
    const make = (key: string, by: Actor) =>
      call('POST', '/api/things/', {
        headers: { ...JSON_TYPE, ...keyed(key) },
        body: JSON.stringify({ name: 'new' }),
        verdict: { verdict: 'ok', toolsOff: [], actor: by },
      });
    const made = async ({ empresaId }: Actor) => (await cloud.table.query({ pk: `T#${empresaId}#THING` })).items.length;
    const untilMade = (by: Actor) => vi.waitFor(async () => expect(await made(by)).toBe(1));

    it('makes nothing a second time after a call that died before its reply was kept, and says so', async () => {
      const by = anActor();
      afterMaking = new Promise(() => undefined);
      void make('died', by);
      await untilMade(by);
      afterMaking = undefined;
      await cloud.passTime(31);
      const repeat = await make('died', by);
      expect([repeat.status, repeat.body]).toEqual([
        400,
        { error: 'Validation failed', details: { non_field_errors: [expect.stringContaining('its answer was lost')] } },
      ]);
      expect(await made(by)).toBe(1);
    });

    it('makes nothing after all in a call that a repeat has overtaken', async () => {
      const by = anActor();
      const slow = Promise.withResolvers<void>();
      beforeMaking = slow.promise;
      const first = make('slow', by);
      await vi.waitFor(async () => {
        expect((await cloud.table.query({ pk: `T#${by.empresaId}#IDEMPOTENCY` })).items).toHaveLength(1);
      });
      beforeMaking = undefined;
      await cloud.passTime(31);
      expect((await make('slow', by)).status).toBe(201);
      slow.resolve();
      expect((await first).status).toBe(503);
      expect(await made(by)).toBe(1);
    });

    it('makes it after a call that died before its effect', async () => {
      const by = anActor();
      beforeMaking = new Promise(() => undefined);
      void make('early', by);
      await vi.waitFor(async () => {
        expect((await cloud.table.query({ pk: `T#${by.empresaId}#IDEMPOTENCY` })).items).toHaveLength(1);
      });
      beforeMaking = undefined;
      await cloud.passTime(31);
      expect([(await make('early', by)).status, await made(by)]).toEqual([201, 1]);
    });
  });

  it('rests sealed: neither what was sent nor what was answered can be read in the table', async () => {
    const by = anActor();
    await edit('11', { name: 'Luisa' }, keyed('sealed'), by);
    const pk = `T#${by.empresaId}#IDEMPOTENCY`;
    const { items } = await cloud.table.query({ pk });
    expect(items).toHaveLength(1);
    expect(JSON.stringify(items)).not.toContain('Luisa');
  });
});
