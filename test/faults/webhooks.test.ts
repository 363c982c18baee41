import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deliver } from '../../functions/webhook-worker/operations/deliver.ts';
import { eventsWorkId } from '../../shared/domain/event/event-head.ts';
import type { NewEvent } from '../../shared/domain/event/event-types.ts';
import { deliveryKey } from '../../shared/domain/webhook/webhook.keys.ts';
import { systemClock } from '../../shared/platform/clock/clock.ts';
import { tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { publicTargets } from '../../shared/platform/outbound/public-target.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import type { ApiClient } from '../support/api-client.ts';
import { SILENT } from '../support/bare-deps.ts';
import { eventWriter, webhooksQueue } from '../support/event-writer.ts';
import { PASSWORD } from '../support/given.ts';
import { bookingCreated, TASK_STARTED } from '../support/sample-events.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';
import { type Received, startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SWEEPER = 'stay-ops-local-outbox-sweeper';

let cloud: TestCloud;
let receiver: WebhookReceiver;
beforeAll(async () => {
  [cloud, receiver] = await Promise.all([startTestCloud(), startWebhookReceiver()]);
});
afterAll(() => Promise.all([cloud.close(), receiver.close()]));

let companyId: string;
let email: string;
beforeEach(async () => {
  const company = await cloud.given.aCompany();
  companyId = company.id;
  email = (await cloud.given.aUser(company)).email;
  receiver.answer = () => ({ status: 204 });
});

/** The company's admin; signed in anew, because these tests let days pass. */
const admin = (): Promise<ApiClient> => cloud.client.signIn(email, PASSWORD);
const mine = () => receiver.received.filter(({ body }) => body.includes(companyId));
const idsOf = (calls: readonly Received[]) => calls.map(({ headers }) => String(headers['webhook-id']));
const writer = () => eventWriter(cloud, companyId);

async function anEndpoint(wanted: Record<string, unknown> = {}): Promise<string> {
  const body = { url: receiver.url, event_types: ['*'], ...wanted };
  return String((await (await admin()).call('POST', '/api/webhooks/endpoints/', { body })).body.id);
}

const endpoint = async (id: string) => (await (await admin()).get(`/api/webhooks/endpoints/${id}/`)).body;
const deliveries = async (query = '') =>
  (await (await admin()).get(`/api/webhooks/deliveries/?page_size=100&${query}`)).body.results as Record<
    string,
    unknown
  >[];

/** Lets time pass for clocks and queues, then has the sweeper look, and waits for what follows. */
async function later(seconds: number): Promise<void> {
  await cloud.passTime(seconds);
  cloud.cloud.advanceQueues(seconds * 1_000);
  await cloud.cloud.drain();
  await cloud.cloud.runSchedule(SWEEPER);
  await cloud.cloud.drain();
}

/** What a receiver knows that keeps each event once, by its id, whatever the order. */
function stateOf(events: readonly { readonly id: string; readonly type: string; readonly data: unknown }[]) {
  return Object.fromEntries(
    [...new Map(events.map((event) => [event.id, event])).values()]
      .map(({ id, type, data }) => [id, { type, data }] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

const delivered = (calls: readonly Received[]) =>
  stateOf(calls.map(({ headers, body }) => ({ id: String(headers['webhook-id']), ...JSON.parse(body) })));

async function logged(after = 0) {
  const { body } = await (await admin()).get(`/api/events/?after=${after}`);
  return body.results as { number: number; id: string; type: string; data: unknown }[];
}

const someEvents = (from: number, count: number): readonly NewEvent[] =>
  Array.from({ length: count }, (_, at) => (at % 2 === 0 ? bookingCreated(from + at) : TASK_STARTED));

describe('a receiver that is down for 48 hours', () => {
  it('has the state of the sender when it is back, by the retries alone, each attempt signed for its own time', async () => {
    const id = await anEndpoint();
    receiver.answer = () => ({ status: 500, body: 'down' });
    await writer().commit(someEvents(1, 4));
    await cloud.cloud.drain();
    for (const seconds of [6, 6 * MINUTE, 35 * MINUTE, 2.5 * HOUR, 6 * HOUR, 12 * HOUR]) await later(seconds);
    await writer().commit(someEvents(10, 3));
    await later(27 * HOUR);
    const attempts = mine();
    expect(new Set(idsOf(attempts)).size).toBe(7);
    const first = attempts.filter(({ headers }) => headers['webhook-id'] === attempts[0]?.headers['webhook-id']);
    const stamps = first.map(({ headers }) => Number(headers['webhook-timestamp']));
    expect(stamps.length).toBeGreaterThanOrEqual(7);
    expect([...stamps].sort((a, b) => a - b)).toEqual([...new Set(stamps)]);
    expect(await endpoint(id)).toMatchObject({ is_active: true, last_success_at: null });

    receiver.answer = () => ({ status: 200 });
    for (let step = 0; step < 3; step += 1) await later(20 * HOUR);
    expect(delivered(mine().slice(attempts.length))).toEqual(stateOf(await logged()));
    expect((await deliveries()).map(({ status }) => status)).toEqual(Array(7).fill('succeeded'));
  });

  it('or reads the log from the last number that it knows, and comes to the same', async () => {
    await anEndpoint();
    await writer().commit(someEvents(1, 3));
    await cloud.cloud.drain();
    const known = await logged();
    const seen = delivered(mine());
    receiver.answer = () => ({ status: 503 });
    await writer().commit(someEvents(10, 3));
    await later(2 * DAY);
    const missed = await logged(known.at(-1)?.number);
    expect(missed.map(({ number }) => number)).toEqual([4, 5, 6]);
    expect({ ...seen, ...stateOf(missed) }).toEqual(stateOf(await logged()));
  });
});

describe('duplicates and re-ordering', () => {
  it('of messages make no delivery and no attempt more', async () => {
    await anEndpoint();
    await writer().commit(someEvents(1, 6));
    await cloud.cloud.drain();
    const queue = webhooksQueue(cloud);
    const again = (await deliveries()).map(({ id }) => String(id)).concat(eventsWorkId(companyId));
    for (const outbox_id of [...again, ...again.reverse()]) await queue.send({ empresa_id: companyId, outbox_id });
    await cloud.cloud.drain();
    expect(mine()).toHaveLength(6);
    expect(await deliveries()).toHaveLength(6);
    expect((await logged()).map(({ id }) => id).sort()).toEqual(idsOf(mine()).sort());
  });

  it('at the receiver come to the state of the sender, because a repeat has the id of the first', async () => {
    await anEndpoint();
    await writer().commit(someEvents(1, 4));
    await cloud.cloud.drain();
    const client = await admin();
    for (const { id } of (await deliveries()).reverse()) {
      expect((await client.call('POST', `/api/webhooks/deliveries/${id}/redeliver/`)).status).toBe(202);
    }
    await cloud.cloud.drain();
    const calls = mine();
    expect(calls).toHaveLength(8);
    expect(delivered([...calls].reverse())).toEqual(stateOf(await logged()));
  });

  it('of writers at once leave each event delivered once', async () => {
    await anEndpoint();
    await Promise.all(Array.from({ length: 30 }, (_, at) => writer().commit([bookingCreated(at + 1)])));
    await cloud.cloud.drain();
    expect(idsOf(mine()).sort()).toEqual((await logged()).map(({ id }) => id).sort());
    expect(mine()).toHaveLength(30);
  });
});

describe('a crash between change and delivery', () => {
  const away = { send: () => Promise.reject(new Error('The process died before it could tell the worker')) };

  it('before the worker is told: the sweeper tells it', async () => {
    await anEndpoint();
    await eventWriter(cloud, companyId, away).commit([bookingCreated(1)]);
    await cloud.cloud.drain();
    expect(mine()).toEqual([]);
    await later(3 * MINUTE);
    expect(mine()).toHaveLength(1);
    await later(10 * MINUTE);
    expect(mine()).toHaveLength(1);
  });

  it('after deliveries were made and before their messages were sent: the sweeper sends them', async () => {
    await anEndpoint();
    await eventWriter(cloud, companyId, away).commit([bookingCreated(1)]);
    cloud.cloud.faults.sqs.set({ operation: 'SendMessageBatch', error: 'unavailable', times: 8 });
    await webhookWorker(eventsWorkId(companyId)).catch(() => undefined);
    cloud.cloud.faults.sqs.clear();
    expect((await deliveries()).map(({ status }) => status)).toEqual(['pending']);
    await later(3 * MINUTE);
    expect(mine()).toHaveLength(1);
    expect((await deliveries()).map(({ status }) => status)).toEqual(['succeeded']);
  });

  it('after the call and before its note: it is called again, under the same id', async () => {
    await anEndpoint();
    const scope = new TenantScope(cloud.table, companyId);
    await eventWriter(cloud, companyId, away).commit([bookingCreated(1)]);
    receiver.answer = () => {
      // From now on nothing is noted, as if the worker had died with the answer in its hands.
      void cloud.cloud.faults.dynamodb.set({ operation: 'UpdateItem', error: 'throttle', times: 50 });
      return { status: 204 };
    };
    await later(3 * MINUTE);
    await cloud.cloud.faults.dynamodb.clear();
    expect((await deliveries()).map(({ status }) => status)).toEqual(['pending']);
    receiver.answer = () => ({ status: 204 });
    await later(10 * MINUTE);
    expect(new Set(idsOf(mine())).size).toBe(1);
    expect(mine().length).toBeGreaterThanOrEqual(2);
    const [row] = await deliveries();
    expect(row).toMatchObject({ status: 'succeeded' });
    expect(await scope.table.get(deliveryKey(companyId, String(row?.id)))).not.toHaveProperty('gsi2pk');
  });

  const webhookWorker = (outboxId: string) =>
    cloud.invoke('webhook-worker', {
      Records: [{ messageId: 'm', body: JSON.stringify({ empresa_id: companyId, outbox_id: outboxId }) }],
    });
});

describe('an endpoint that fails', () => {
  const disabledMessages = async () =>
    ((await (await admin()).get('/api/notificaciones')).body.notificaciones as { tipo: string; mensaje: string }[])
      .filter(({ tipo }) => tipo === 'webhook_disabled')
      .map(({ mensaje }) => mensaje);

  it('for five days is switched off, kept, and its admins are told once; switched on again it is sent what comes', async () => {
    const id = await anEndpoint({ description: 'Accounting' });
    receiver.answer = () => ({ status: 500, body: 'x'.repeat(2_000) });
    await writer().commit([bookingCreated(1)]);
    await cloud.cloud.drain();
    for (let day = 0; day < 4; day += 1) await later(DAY);
    expect((await endpoint(id)).is_active).toBe(true);
    await later(DAY);
    await writer().commit([bookingCreated(2), bookingCreated(3)]);
    await cloud.cloud.drain();
    expect(await endpoint(id)).toMatchObject({ is_active: false, disabled_reason: 'failing' });
    expect(await disabledMessages()).toEqual([
      'Webhook endpoint disabled, because nothing has reached it for five days: Accounting',
    ]);
    const trail = (await (await admin()).get('/api/auditoria')).body.entradas as { accion: string }[];
    expect(trail.filter(({ accion }) => accion === 'webhook.desactivar')).toHaveLength(1);

    const oldest = (await deliveries()).at(-1);
    const shown = (await (await admin()).get(`/api/webhooks/deliveries/${oldest?.id}/`)).body;
    const [attempt] = shown.attempts as { status_code: number; response_snippet: string }[];
    expect(attempt).toMatchObject({ status_code: 500, response_snippet: 'x'.repeat(1_024) });

    receiver.answer = () => ({ status: 204 });
    const client = await admin();
    const on = await client.call('PATCH', `/api/webhooks/endpoints/${id}/`, { body: { is_active: true } });
    expect(on.body).toMatchObject({ is_active: true, disabled_reason: null });
    const before = mine().length;
    await writer().commit([bookingCreated(4)]);
    await cloud.cloud.drain();
    expect(
      mine()
        .slice(before)
        .map(({ body }) => JSON.parse(body).data.booking.id),
    ).toContain(4);
    expect((await endpoint(id)).is_active).toBe(true);
  });

  it('with 410 is switched off at once', async () => {
    const id = await anEndpoint();
    receiver.answer = () => ({ status: 410 });
    await writer().commit([bookingCreated(1)]);
    await cloud.cloud.drain();
    expect(await endpoint(id)).toMatchObject({ is_active: false, disabled_reason: 'gone' });
    expect(await disabledMessages()).toEqual([
      `Webhook endpoint disabled, because it answered that it is gone (410): ${new URL(receiver.url).host}`,
    ]);
    expect(await deliveries()).toMatchObject([{ status: 'failed', attempt_count: 1, next_attempt_at: null }]);
  });

  it('with a redirect has failed, and nothing is followed', async () => {
    await anEndpoint();
    receiver.answer = () => ({ status: 302, headers: { location: receiver.url } });
    await writer().commit([bookingCreated(1)]);
    await cloud.cloud.drain();
    expect(mine()).toHaveLength(1);
    expect(await deliveries()).toMatchObject([{ status: 'pending', attempt_count: 1 }]);
  });

  it('and asks for time is given it', async () => {
    await anEndpoint();
    receiver.answer = () => ({ status: 429, headers: { 'retry-after': '3600' } });
    await writer().commit([bookingCreated(1)]);
    await cloud.cloud.drain();
    await later(50 * MINUTE);
    expect(mine()).toHaveLength(1);
    receiver.answer = () => ({ status: 204 });
    await later(11 * MINUTE);
    expect(mine()).toHaveLength(2);
  });

  it('ten times is given up, about three days after the first', async () => {
    await anEndpoint();
    receiver.answer = () => ({ status: 500 });
    await writer().commit([bookingCreated(1)]);
    await cloud.cloud.drain();
    const waits = [6, 6 * MINUTE, 34 * MINUTE, 2.3 * HOUR, 5.6 * HOUR, 11.1 * HOUR, 15.5 * HOUR, 22.1 * HOUR];
    for (const wait of waits) await later(wait);
    expect(await deliveries()).toMatchObject([{ status: 'pending', attempt_count: 9 }]);
    await later(26.5 * HOUR);
    expect(await deliveries()).toMatchObject([{ status: 'failed', attempt_count: 10, next_attempt_at: null }]);
    expect(mine()).toHaveLength(10);
  });

  it('and is deleted is sent nothing more; what waited for it is in no list', async () => {
    const id = await anEndpoint();
    receiver.answer = () => ({ status: 500 });
    await writer().commit([bookingCreated(1)]);
    await cloud.cloud.drain();
    const [waiting] = await deliveries();
    await (await admin()).call('DELETE', `/api/webhooks/endpoints/${id}/`);
    expect(await deliveries()).toEqual([]);
    expect((await (await admin()).get(`/api/webhooks/deliveries/${waiting?.id}/`)).status).toBe(404);
    await later(6 * MINUTE);
    expect(mine()).toHaveLength(1);
    const row = await cloud.table.get(deliveryKey(companyId, String(waiting?.id)));
    expect(row).toBeUndefined();
  });
});

describe('on a deployed stage', () => {
  it('an endpoint that leads inside is not called, though it was registered', async () => {
    await anEndpoint();
    const away = { send: async () => undefined };
    await eventWriter(cloud, companyId, away).commit([bookingCreated(1)]);
    receiver.answer = () => ({ status: 500 });
    await later(3 * MINUTE);
    const before = mine().length;
    const [waiting] = await deliveries();
    await cloud.passTime(10);
    const deps = {
      keys: tenantKeys('alias/stay-ops-local', systemClock),
      targets: publicTargets('refuse'),
      queue: away,
      clock: systemClock,
      log: SILENT,
      random: () => 0.5,
    };
    await deliver(deps, new TenantScope(cloud.table, companyId), String(waiting?.id));
    expect(mine()).toHaveLength(before);
    const { attempts } = (await (await admin()).get(`/api/webhooks/deliveries/${waiting?.id}/`)).body;
    expect((attempts as object[]).at(-1)).toMatchObject({
      status_code: null,
      error: 'The address must not be called: it is not public.',
    });
  });
});
