import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { User } from '../../shared/domain/identity/user.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts';

const CLOCK = '2025-10-02T13:00:00Z';
const SWEEPER = 'stay-ops-local-outbox-sweeper';

let cloud: TestCloud;
let receiver: WebhookReceiver;
beforeAll(async () => {
  [cloud, receiver] = await Promise.all([startTestCloud({ clock: CLOCK }), startWebhookReceiver()]);
});
afterAll(() => Promise.all([cloud.close(), receiver.close()]));

let companyId: string;
let admin: ApiClient;
let member: User;
let maria: ApiClient;
beforeEach(async () => {
  await cloud.setTime(CLOCK);
  const company = await cloud.given.aCompany();
  companyId = company.id;
  admin = await cloud.client.signIn((await cloud.given.aUser(company)).email, PASSWORD);
  member = await cloud.given.aUser(company, { role: 'member' });
  maria = await cloud.client.signIn(member.email, PASSWORD);
});

type Body = Record<string, unknown>;
const post = (path: string, body: Body, client = admin, headers: Record<string, string> = {}) =>
  client.call('POST', path, { body, headers });
const rows = async (path: string, client = admin) => (await client.get(path)).body.results as Body[];

/** Maria's task in the Lake House. */
async function aTask(): Promise<number> {
  const { id: property } = (await post('/api/properties/', { name: 'Lake House', units: [{ unit_number: '1' }] })).body;
  const body = { title: 'Turnover clean', property, assigned_to: member.number, priority: 'high' };
  return Number((await post('/api/tasks/', body)).body.id);
}

const anEndpoint = () => post('/api/webhooks/endpoints/', { url: receiver.url, event_types: ['*'] });
const mine = () => receiver.received.filter(({ body }) => body.includes(companyId));

describe('fifty equal writes at once under one idempotency key', () => {
  it('make one task', async () => {
    const headers = { 'x-idempotency-key': 'one-task' };
    const made = await Promise.all(
      Array.from({ length: 50 }, () => post('/api/tasks/', { title: 'Once' }, admin, headers)),
    );
    expect(new Set(made.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(made.filter(({ headers: answered }) => answered.get('idempotent-replay') !== 'true')).toHaveLength(1);
    expect((await admin.get('/api/tasks/')).body.count).toBe(1);
    expect((await admin.get('/api/staff/task-counts/')).body).toMatchObject({ total: 1, pending: 1 });
  });

  it('change a task once: one line of history, one notification, one event, one delivery', async () => {
    await anEndpoint();
    const id = await aTask();
    const headers = { 'x-idempotency-key': 'one-start' };
    const path = `/api/tasks/${id}/set_status/`;
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => post(path, { status: 'in-progress' }, maria, headers)),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`))).toEqual(
      new Set(['200 {"status":"in-progress"}']),
    );
    const { history } = (await admin.get(`/api/tasks/${id}/`)).body;
    expect((history as Body[]).map(({ change }) => change)).toEqual(['created', 'status']);
    expect((await rows('/api/notifications/')).map(({ verb }) => verb)).toEqual(['status_changed']);
    expect(await rows('/api/events/?after=0')).toHaveLength(1);
    await cloud.cloud.drain();
    expect(mine()).toHaveLength(1);
  });
});

describe('a change of a task whose process dies before the delivery', () => {
  it('is delivered all the same, once, as aristay.md §8.1 shows it', async () => {
    await anEndpoint();
    const id = await aTask();
    cloud.cloud.faults.sqs.set({ operation: 'SendMessage', error: 'unavailable', times: 100 });
    const changed = await maria.call('PATCH', `/api/staff/tasks/${id}/`, { body: { status: 'in-progress' } });
    cloud.cloud.faults.sqs.clear();
    expect(changed.status).toBe(200);
    await cloud.cloud.drain();
    expect(mine()).toEqual([]);
    for (const _ of [1, 2]) {
      await cloud.passTime(180);
      await cloud.cloud.runSchedule(SWEEPER);
      await cloud.cloud.drain();
    }
    const instant = expect.stringMatching(/^2025-10-02T13:0\d:\d\dZ$/);
    expect(mine().map(({ body }) => JSON.parse(body))).toEqual([
      {
        type: 'task.status_changed',
        timestamp: instant,
        company_id: companyId,
        data: {
          task: {
            id,
            title: 'Turnover clean',
            status: 'in-progress',
            task_type: 'cleaning',
            priority: 'high',
            property: expect.any(Number),
            property_name: 'Lake House',
            assigned_to: member.number,
            due_date: null,
          },
          previous_status: 'pending',
          new_status: 'in-progress',
          changed_by: { id: member.number, username: member.username },
          changed_at: instant,
        },
      },
    ]);
  });

  it('and of one that dies with the answer of the table in its hands nothing happens twice', async () => {
    const id = await aTask();
    cloud.cloud.faults.dynamodb.set({ operation: 'TransactWriteItems', error: 'internal', times: 1, carriedOut: true });
    const changed = await maria.call('PATCH', `/api/staff/tasks/${id}/`, { body: { status: 'in-progress' } });
    expect(changed).toMatchObject({ status: 200, body: { status: 'in-progress' } });
    expect(await rows('/api/events/?after=0')).toHaveLength(1);
    expect((await admin.get('/api/staff/task-counts/')).body).toMatchObject({ total: 1, in_progress: 1 });
  });
});

describe('what a device did while offline', () => {
  const sync = async (operations: readonly Body[], client = maria) =>
    (await post('/api/sync/', { operations }, client)).body.results as Body[];
  const at = '2025-10-02T12:30:00.000Z';

  it('is done once, though what became of it was lost, and is answered when it is sent again', async () => {
    const operations = [{ key: 'made', at, kind: 'create_task', title: 'Broken lamp' }];
    const lost = { operation: 'TransactWriteItems', error: 'internal', times: 1_000, carriedOut: true } as const;
    cloud.cloud.faults.dynamodb.set(lost);
    const first = await sync(operations, admin);
    cloud.cloud.faults.dynamodb.clear();
    expect(first).toEqual([{ key: 'made', status: 503, outcome: null, body: { detail: expect.any(String) } }]);
    const second = await sync(operations, admin);
    expect(second).toMatchObject([{ status: 201, outcome: 'applied', body: { title: 'Broken lamp' } }]);
    expect(await sync(operations, admin)).toEqual(second);
    expect((await admin.get('/api/tasks/')).body.count).toBe(1);
  });
});
