import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApiClient } from '../support/api-client.ts';
import { eventWriter } from '../support/event-writer.ts';
import { PASSWORD } from '../support/given.ts';
import { bookingCreated, TASK_STARTED } from '../support/sample-events.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts';

const ENDPOINTS = '/api/webhooks/endpoints/';
const DELIVERIES = '/api/webhooks/deliveries/';
const INSTANT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const ulid = (prefix: string) => expect.stringMatching(new RegExp(`^${prefix}_[0-9A-HJKMNP-TV-Z]{26}$`));

let cloud: TestCloud;
let receiver: WebhookReceiver;
beforeAll(async () => {
  [cloud, receiver] = await Promise.all([startTestCloud(), startWebhookReceiver()]);
});
afterAll(() => Promise.all([cloud.close(), receiver.close()]));

let companyId: string;
let admin: ApiClient;
beforeEach(async () => {
  const company = await cloud.given.aCompany();
  companyId = company.id;
  const { email } = await cloud.given.aUser(company);
  admin = await cloud.client.signIn(email, PASSWORD);
  receiver.answer = () => ({ status: 204 });
});

const post = (path: string, body?: unknown) => admin.call('POST', path, { body });
const patch = (path: string, body: unknown) => admin.call('PATCH', path, { body });

async function anEndpoint(wanted: Record<string, unknown> = {}) {
  const answer = await post(ENDPOINTS, { url: receiver.url, event_types: ['*'], ...wanted });
  expect(answer.status).toBe(201);
  return answer.body as { id: string; secret: string; url: string };
}

const results = async (path: string) => (await admin.get(path)).body.results as Record<string, unknown>[];
const mine = () => receiver.received.filter(({ body }) => body.includes(companyId));

describe('endpoints (W1 to W7)', () => {
  it('types of events are told with what they mean', async () => {
    const { status, body } = await admin.get('/api/webhooks/event-types/');
    const listed = body.results as { type: string; description: string }[];
    expect([status, body.count]).toEqual([200, 3]);
    expect(listed.map(({ type }) => type)).toEqual(['task.status_changed', 'booking.created', 'photo.uploaded']);
    for (const { description } of listed) expect(description).toMatch(/\.$/);
  });

  it('are created, with a secret that is never shown again, listed, read, changed and deleted', async () => {
    const created = await post(ENDPOINTS, { url: ` ${receiver.url} `, event_types: ['booking.created'] });
    const shown = {
      id: ulid('ep'),
      url: receiver.url,
      description: '',
      event_types: ['booking.created'],
      is_active: true,
      disabled_reason: null,
      created_at: INSTANT,
      updated_at: INSTANT,
      last_success_at: null,
      last_failure_at: null,
    };
    expect([created.status, created.body]).toEqual([
      201,
      { ...shown, secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/) },
    ]);
    const path = `${ENDPOINTS}${created.body.id}/`;
    expect((await admin.get(ENDPOINTS)).body).toEqual({ count: 1, next: null, previous: null, results: [shown] });
    expect((await admin.get(path)).body).toEqual(shown);
    const changed = await patch(path, { event_types: ['*'], description: 'Accounting', is_active: false });
    expect([changed.status, changed.body]).toEqual([
      200,
      { ...shown, event_types: ['*'], description: 'Accounting', is_active: false },
    ]);
    expect((await patch(path, {})).body).toEqual(changed.body);
    const removed = await admin.call('DELETE', path);
    expect([removed.status, removed.text]).toEqual([204, '']);
    expect((await admin.get(path)).status).toBe(404);
    expect((await admin.call('DELETE', path)).status).toBe(404);
    expect((await patch(path, { description: 'x' })).status).toBe(404);
  });

  it('and every change of one stands in the audit trail, without secret or path', async () => {
    const { id, secret } = await anEndpoint({ url: `${receiver.url}?token=t0ken` });
    await patch(`${ENDPOINTS}${id}/`, { description: 'x' });
    await post(`${ENDPOINTS}${id}/rotate-secret/`);
    await admin.call('DELETE', `${ENDPOINTS}${id}/`);
    const { text, body } = await admin.get('/api/auditoria');
    const told = (body.entradas as { accion: string; entidad_id: string }[]).map((entry) => [
      entry.accion,
      entry.entidad_id,
    ]);
    const actions = ['borrar', 'rotar_secreto', 'editar', 'crear'].map((name) => [`webhook.${name}`, id]);
    expect(told).toEqual(actions);
    expect(text).not.toContain(secret);
    expect(text).not.toContain('t0ken');
  });

  it.each([
    [{}, { url: ['This field is required.'], event_types: ['This field is required.'] }],
    [{ url: 'https://a.example.com/', event_types: [] }, { event_types: ['This list may not be empty.'] }],
    [
      { url: 'https://a.example.com/', event_types: ['booking.gone'] },
      { event_types: ['"booking.gone" is not a valid choice.'] },
    ],
    [
      { url: `https://a.example.com/${'x'.repeat(2_048)}`, event_types: ['*'] },
      { url: ['Ensure this field has no more than 2048 characters.'] },
    ],
    [
      { url: 'https://a.example.com/', event_types: ['*'], description: 'x'.repeat(201) },
      { description: ['Ensure this field has no more than 200 characters.'] },
    ],
    [{ url: 'hooks', event_types: ['*'] }, { url: ['Enter a valid URL.'] }],
    [
      { url: 'http://hooks.example.com/', event_types: ['*'] },
      { url: ['Enter an https URL: payloads are not sent in clear.'] },
    ],
    [{ url: 'https://10.0.0.1/', event_types: ['*'] }, { url: ['Enter a host by its public DNS name.'] }],
    [{ url: 'https://hooks.example.com:25/', event_types: ['*'] }, { url: ['Use port 443, or one from 1024 on.'] }],
  ])('a bad one is refused: %j', async (body, details) => {
    const answer = await post(ENDPOINTS, body);
    expect([answer.status, answer.body]).toEqual([400, { error: 'Validation failed', details }]);
  });

  it('are ten at most, however many ask at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => post(ENDPOINTS, { url: receiver.url, event_types: ['*'] })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    const refused = answers.filter(({ status }) => status === 400);
    expect(refused.map(({ body }) => body)).toEqual(
      Array.from({ length: 2 }, () => ({
        error: 'Validation failed',
        details: { non_field_errors: ['A company has at most 10 endpoints. Delete one first.'] },
      })),
    );
    const [first] = await results(ENDPOINTS);
    await admin.call('DELETE', `${ENDPOINTS}${first?.id}/`);
    await anEndpoint();
  });

  it('an id of nobody, or of another form, is not found', async () => {
    const nobody = ['ep_01ARZ3NDEKTSV4RRFFQ69G5FAV', 'ep_1', 'x'];
    for (const id of nobody) {
      const answer = await admin.get(`${ENDPOINTS}${id}/`);
      expect([answer.status, answer.body]).toEqual([404, { detail: 'Not found.' }]);
    }
    expect((await post(`${ENDPOINTS}${nobody[0]}/test/`)).status).toBe(404);
    expect((await admin.get(`${DELIVERIES}dlv_01ARZ3NDEKTSV4RRFFQ69G5FAV/`)).status).toBe(404);
  });
});

describe('deliveries (§8.2, W8 to W11)', () => {
  it('carry an event as the contract says, signed so that the published library accepts it', async () => {
    const { id, secret } = await anEndpoint();
    await eventWriter(cloud, companyId).commit([TASK_STARTED]);
    await cloud.cloud.drain();
    const [call] = mine();
    if (call === undefined) throw new Error('Nothing was delivered');
    const { headers, body } = call;
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'Aristay-Webhooks/1',
      'webhook-id': ulid('msg'),
      'webhook-timestamp': expect.stringMatching(/^\d{10}$/),
      'webhook-signature': expect.stringMatching(/^v1,[A-Za-z0-9+/]{43}=$/),
    });
    const payload = new Webhook(secret).verify(body, headers as Record<string, string>);
    const { type, data } = TASK_STARTED;
    expect(payload).toEqual({ type, timestamp: INSTANT, company_id: companyId, data });
    expect(body).toBe(
      JSON.stringify({
        type,
        timestamp: (payload as typeof TASK_STARTED & { timestamp: string }).timestamp,
        company_id: companyId,
        data,
      }),
    );

    const [listed] = await results(DELIVERIES);
    const shown = {
      id: ulid('dlv'),
      endpoint: id,
      event_type: 'task.status_changed',
      webhook_id: headers['webhook-id'],
      status: 'succeeded',
      attempt_count: 1,
      next_attempt_at: null,
      created_at: INSTANT,
    };
    expect(listed).toEqual(shown);
    const attempts = [
      { attempted_at: INSTANT, status_code: 204, duration_ms: expect.any(Number), error: null, response_snippet: '' },
    ];
    expect((await admin.get(`${DELIVERIES}${listed?.id}/`)).body).toEqual({ ...shown, attempts, payload });
    expect((await admin.get(`${ENDPOINTS}${id}/`)).body).toMatchObject({ last_success_at: INSTANT });
  });

  it('go to the endpoints that listen, each with its own secret, and tell nothing from before they did', async () => {
    const writer = eventWriter(cloud, companyId);
    await writer.commit([bookingCreated(1)]);
    const all = await anEndpoint();
    const bookings = await anEndpoint({ event_types: ['booking.created'] });
    await anEndpoint({ is_active: false });
    await writer.commit([TASK_STARTED, bookingCreated(2)]);
    await cloud.cloud.drain();
    const listed = await results(`${DELIVERIES}?status=succeeded`);
    expect(listed.map(({ endpoint, event_type }) => [endpoint, event_type]).sort()).toEqual(
      [
        [all.id, 'task.status_changed'],
        [all.id, 'booking.created'],
        [bookings.id, 'booking.created'],
      ].sort(),
    );
    const verified = mine().flatMap(({ body, headers }) =>
      [all, bookings].filter(({ secret }) => accepts(secret, body, headers as Record<string, string>)),
    );
    expect(verified).toHaveLength(3);
  });

  it('are signed with both secrets for a day after a rotation', async () => {
    const { id, secret } = await anEndpoint();
    const rotated = await post(`${ENDPOINTS}${id}/rotate-secret/`);
    expect([rotated.status, rotated.body]).toEqual([
      200,
      { id, secret: expect.stringMatching(/^whsec_/), previous_secret_expires_at: INSTANT },
    ]);
    const secrets = [String(rotated.body.secret), secret];
    const delivered = async () => {
      const before = mine().length;
      expect((await post(`${ENDPOINTS}${id}/test/`)).status).toBe(202);
      await cloud.cloud.drain();
      const call = mine()[before];
      if (call === undefined) throw new Error('Nothing was delivered');
      // The library looks at the machine's clock.
      const timestamp = Number(call.headers['webhook-timestamp']);
      return secrets.map((each) => signs(each, call, timestamp));
    };
    expect(await delivered()).toEqual([true, true]);
    await cloud.passTime(24 * 3_600 + 1);
    admin = await cloud.client.signIn((await cloud.given.aUser({ id: companyId })).email, PASSWORD);
    expect(await delivered()).toEqual([true, false]);
    await cloud.passTime(-24 * 3_600 - 1);
  });

  it('of a test say that it is one, and can be sent again under the same webhook-id', async () => {
    const { id, secret } = await anEndpoint();
    const tested = await post(`${ENDPOINTS}${id}/test/`);
    expect([tested.status, tested.body]).toEqual([202, { delivery_id: ulid('dlv') }]);
    await cloud.cloud.drain();
    const again = await post(`${DELIVERIES}${tested.body.delivery_id}/redeliver/`);
    expect([again.status, again.body]).toEqual([202, { delivery_id: ulid('dlv') }]);
    expect(again.body.delivery_id).not.toBe(tested.body.delivery_id);
    await cloud.cloud.drain();
    const calls = mine();
    expect(calls).toHaveLength(2);
    expect(new Set(calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    for (const { body, headers } of calls) {
      expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toEqual({
        type: 'webhook.test',
        timestamp: INSTANT,
        company_id: companyId,
        data: { message: 'This is a test of your endpoint.' },
      });
    }
    await patch(`${ENDPOINTS}${id}/`, { is_active: false });
    for (const path of [`${ENDPOINTS}${id}/test/`, `${DELIVERIES}${tested.body.delivery_id}/redeliver/`]) {
      const refused = await post(path);
      expect([refused.status, refused.body]).toEqual([
        400,
        {
          error: 'Validation failed',
          details: { non_field_errors: ['This endpoint is switched off. Set is_active to true first.'] },
        },
      ]);
    }
  });

  it('are listed by endpoint, type, status and time', async () => {
    const { id } = await anEndpoint();
    await eventWriter(cloud, companyId).commit([bookingCreated(1)]);
    await post(`${ENDPOINTS}${id}/test/`);
    await cloud.cloud.drain();
    const count = async (query: string) => (await admin.get(`${DELIVERIES}?${query}`)).body.count;
    const now = cloud.cloud.now().getTime();
    const at = (offset: number) => encodeURIComponent(new Date(now + offset * 1_000).toISOString());
    expect(await count('')).toBe(2);
    expect(await count(`endpoint=${id}&event_type=webhook.test&status=Succeeded`)).toBe(1);
    expect(await count('endpoint=ep_of_nobody')).toBe(0);
    expect(await count(`created_at__gte=${at(-60)}&created_at__lte=${at(60)}`)).toBe(2);
    expect(await count(`created_at__gte=${at(60)}`)).toBe(0);
    expect(await count(`created_at__lte=${at(-60)}`)).toBe(0);
    expect((await admin.get(`${DELIVERIES}?status=lost`)).body).toEqual({
      error: 'Validation failed',
      details: { status: ['"lost" is not a valid choice.'] },
    });
    expect((await admin.get(`${DELIVERIES}?created_at__gte=yesterday`)).body).toEqual({
      error: 'Validation failed',
      details: { created_at__gte: ['Enter a valid date/time.'] },
    });
  });
});

describe('the log of events', () => {
  it('is read after a number, page by page, without gaps', async () => {
    const writer = eventWriter(cloud, companyId);
    for (let id = 1; id <= 5; id += 1) await writer.commit([bookingCreated(id)]);
    const first = await admin.get('/api/events/?page_size=2');
    expect(first.body).toMatchObject({ count: 5, previous: null, last: 5 });
    expect(first.body.next).toMatch(/\/api\/events\/\?after=2&page_size=2$/);
    const [event] = first.body.results as Record<string, unknown>[];
    const { type, data } = bookingCreated(1);
    expect(event).toEqual({ number: 1, id: ulid('msg'), type, timestamp: INSTANT, company_id: companyId, data });
    const rest = await admin.get('/api/events/?after=2');
    expect(rest.body).toMatchObject({ count: 3, next: null, last: 5 });
    expect((rest.body.results as { number: number }[]).map(({ number }) => number)).toEqual([3, 4, 5]);
    expect((await admin.get('/api/events/?after=5')).body).toMatchObject({ count: 0, next: null, results: [] });
    expect((await admin.get('/api/events/?after=x')).body).toEqual({
      error: 'Validation failed',
      details: { after: ['A valid integer is required.'] },
    });
  });

  it('of a company without events is empty', async () => {
    expect((await admin.get('/api/events/')).body).toEqual({
      count: 0,
      next: null,
      previous: null,
      results: [],
      last: 0,
    });
  });
});

function accepts(secret: string, body: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}

/** Whether one of the signatures is that of a secret, whatever the machine's clock says. */
function signs(secret: string, { headers, body }: { headers: object; body: string }, timestamp: number): boolean {
  const sent = headers as Record<string, string>;
  const expected = new Webhook(secret).sign(String(sent['webhook-id']), new Date(timestamp * 1_000), body);
  return String(sent['webhook-signature']).split(' ').includes(expected);
}
