import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Company } from '../../shared/domain/company/company.ts';
import type { User } from '../../shared/domain/identity/user.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: '2025-10-02T13:00:00Z' });
});
afterAll(() => cloud.close());

let company: Company;
let boss: ApiClient;
let maria: ApiClient;
let mariaUser: User;
/** Each test has a company of its own, so that numbers begin at 1. */
beforeEach(async () => {
  await cloud.setTime('2025-10-02T13:00:00Z');
  company = await cloud.given.aCompany();
  [boss] = await signedIn({ role: 'manager' });
  [maria, mariaUser] = await signedIn({ role: 'member' });
});

async function signedIn(wanted: Partial<User>): Promise<[ApiClient, User]> {
  const user = await cloud.given.aUser(company, wanted);
  return [await cloud.client.signIn(user.email, PASSWORD), user];
}

type Body = Record<string, unknown>;
type Result = { readonly key: string; readonly status: number; readonly outcome: string | null; readonly body: Body };

const send = (operations: readonly unknown[], client = maria) =>
  client.call('POST', '/api/sync/', { body: { operations } });

async function sync(operations: readonly unknown[], client = maria): Promise<readonly Result[]> {
  const answer = await send(operations, client);
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
  return answer.body.results as Result[];
}

let drawn = 0;
/** An operation that was made some minutes after noon. */
function made(minute: number, operation: Body): Body {
  drawn += 1;
  return { key: `op-${drawn}`, at: `2025-10-02T12:${String(minute).padStart(2, '0')}:00.250Z`, ...operation };
}

const ITEMS = [
  { title: 'Gas off', item_type: 'blocking' },
  { title: 'Beds' },
  { title: 'Remarks', item_type: 'text_input' },
  { title: 'Towels' },
].map((item, order) => ({ ...item, order }));

/** Maria's task with its four items. */
async function aTask(body: Body = {}): Promise<number> {
  const template = { name: 'Turnover', task_type: 'cleaning', items: ITEMS };
  await boss.call('POST', '/api/checklists/create/', { body: template });
  const wanted = { title: 'Clean', assigned_to: mariaUser.number, ...body };
  return Number((await boss.call('POST', '/api/tasks/', { body: wanted })).body.id);
}
const tick = (id: number, item: number, completed = true) => ({
  kind: 'tick_item',
  response: id * 1_000 + item,
  completed,
});

async function detail(id: number): Promise<Body> {
  return (await boss.get(`/api/tasks/${id}/`)).body;
}
async function completedItems(id: number): Promise<readonly boolean[]> {
  const { items } = (await detail(id)).checklist as { items: readonly { completed: boolean }[] };
  return items.map(({ completed }) => completed);
}

describe('POST /api/sync/', () => {
  it('answers each operation as the call of its own would, for the time at which it was made', async () => {
    const id = await aTask();
    const results = await sync([
      made(1, { kind: 'set_status', task: id, status: 'in_progress' }),
      made(2, tick(id, 2)),
      made(3, { kind: 'answer_item', response: id * 1_000 + 3, text_response: 'Lamp broken', is_completed: true }),
      made(4, { kind: 'edit_task', task: id, notes: 'Started, one lamp broken' }),
      made(5, tick(id, 1)),
      made(6, { kind: 'set_status', task: id, status: 'completed' }),
    ]);
    expect(results).toEqual(
      [
        { status: 'in-progress' },
        {
          success: true,
          completed: true,
          completed_at: '2025-10-02T12:02:00Z',
          progress: { completed: 1, total: 4, percentage: 25, remaining: 3 },
        },
        { success: true, progress: 50, is_completed: true },
        { id, status: 'in-progress', notes: 'Started, one lamp broken', updated_at: expect.any(String) },
        expect.objectContaining({ completed: true }),
        { status: 'completed' },
      ].map((body) => ({ key: expect.stringMatching(/^op-/), status: 200, outcome: 'applied', body })),
    );
    expect(await detail(id)).toMatchObject({
      status: 'completed',
      started_at: '2025-10-02T12:01:00Z',
      completed_at: '2025-10-02T12:06:00Z',
      notes: 'Started, one lamp broken',
    });
  });

  it('refuses one operation without the others, in the shape of the API', async () => {
    const id = await aTask();
    const foreign = await aTask({ assigned_to: null });
    const results = await sync([
      made(1, { kind: 'fly' }),
      'nothing',
      made(1, { kind: 'set_status', task: 'x', status: 'done' }),
      made(1, { kind: 'set_status', status: 'completed' }),
      made(1, { kind: 'set_status', task: 999, status: 'completed' }),
      made(1, { kind: 'set_status', task: id, status: 'canceled' }),
      made(1, { kind: 'edit_task', task: id, title: 'Mine' }),
      made(1, tick(foreign, 1)),
      made(1, { kind: 'create_task', title: 'Mine' }),
      { ...made(1, tick(id, 2)), at: 'yesterday' },
      made(1, tick(id, 2)),
    ]);
    const denied = { error: 'Permission denied' };
    expect(results.map(({ status, body }) => [status, body])).toEqual([
      [400, { error: 'Validation failed', details: { kind: [expect.any(String)] } }],
      [400, { error: 'Validation failed', details: { non_field_errors: [expect.any(String)] } }],
      [
        400,
        {
          error: 'Validation failed',
          details: { task: ['A valid integer is required.'], status: ['"done" is not a valid choice.'] },
        },
      ],
      [400, { error: 'Validation failed', details: { task: ['This field is required.'] } }],
      [404, { detail: 'Not found.' }],
      [403, denied],
      [403, denied],
      [403, denied],
      [403, denied],
      [400, { error: 'Validation failed', details: { at: [expect.stringContaining('ISO 8601')] } }],
      [200, expect.objectContaining({ completed: true })],
    ]);
    expect(results.slice(0, -1).map(({ outcome }) => outcome)).toEqual(results.slice(0, -1).map(() => null));
    expect(results[1]?.key).toBeNull();
    expect(await detail(id)).toMatchObject({ title: 'Clean', status: 'pending' });
    const [viewer] = await signedIn({ role: 'viewer' });
    expect((await send([made(1, tick(id, 1))], viewer)).body).toEqual(denied);
    expect((await send([])).status).toBe(400);
    expect((await send(Array.from({ length: 101 }, () => made(1, tick(id, 1))))).status).toBe(400);
  });

  it('answers a repeated batch as the first time, and does nothing again', async () => {
    const id = await aTask();
    const [creator] = await signedIn({ role: 'member', permission_overrides: ['add_tasks'] });
    const create = made(1, { kind: 'create_task', title: 'Broken lamp', task_type: 'maintenance' });
    const batch = [create, made(2, { kind: 'edit_task', task_key: create.key, notes: 'In the hall' })];
    const first = await sync(batch, creator);
    expect(first).toMatchObject([
      { status: 201, body: { title: 'Broken lamp', notes: '' } },
      { status: 200, body: { notes: 'In the hall' } },
    ]);
    expect(await sync(batch, creator)).toEqual(first);
    expect((await creator.get('/api/tasks/')).body).toMatchObject({ count: 1, results: [{ notes: 'In the hall' }] });
    const done = made(3, tick(id, 2));
    const [answer] = await sync([done, done]);
    await boss.call('POST', `/api/staff/checklist/${id * 1_000 + 2}/update/`, { body: { completed: false } });
    expect(await sync([done])).toEqual([answer]);
    expect(await completedItems(id)).toEqual([false, false, false, false]);
    expect(await sync([{ ...done, completed: false }])).toMatchObject([
      { status: 400, body: { details: { key: ['This key was used for another operation. Use a new one.'] } } },
    ]);
  });

  it('has one effect for 50 equal batches at once', async () => {
    const [creator] = await signedIn({ role: 'member', permission_overrides: ['add_tasks'] });
    const batch = [made(1, { kind: 'create_task', title: 'Once' })];
    const answers = await Promise.all(Array.from({ length: 50 }, () => sync(batch, creator)));
    expect(new Set(answers.map((results) => JSON.stringify(results))).size).toBe(1);
    expect((await creator.get('/api/tasks/')).body).toMatchObject({ count: 1 });
  });

  it('comes to the same state whichever of two devices is heard first', async () => {
    const [pedro, { number }] = await signedIn({ role: 'manager' });
    const logs = (id: number) => ({
      hers: [
        made(1, { kind: 'set_status', task: id, status: 'in-progress' }),
        made(3, tick(id, 2)),
        made(5, { kind: 'edit_task', task: id, notes: 'hers' }),
        made(7, { kind: 'set_status', task: id, status: 'completed' }),
      ],
      his: [
        made(2, tick(id, 1)),
        made(4, tick(id, 4)),
        made(4, { kind: 'edit_task', task: id, notes: 'his' }),
        made(6, { kind: 'answer_item', response: id * 1_000 + 3, is_completed: true, text_response: 'ok' }),
      ],
    });
    const [one, other] = [await aTask(), await aTask()];
    expect(number).toBeGreaterThan(0);
    const first = logs(one);
    // She completes before the platform has heard of the blocking item that he ticked before.
    expect((await sync(first.hers)).at(-1)).toMatchObject({
      status: 200,
      outcome: 'held',
      body: { status: 'in-progress' },
    });
    await sync(first.his, pedro);
    const second = logs(other);
    await sync(second.his, pedro);
    await sync(second.hers);
    for (const id of [one, other]) {
      expect(await detail(id)).toMatchObject({
        status: 'completed',
        completed_at: '2025-10-02T12:07:00Z',
        notes: 'hers',
        checklist_progress: { completed: 4 },
      });
    }
    const log = (await boss.get(`/api/tasks/${one}/`)).body.history as readonly Body[];
    expect(log.at(-1)).toMatchObject({ change: 'status', to: 'completed' });
  });

  it('does not let an earlier change undo a later one, and says so', async () => {
    const id = await aTask();
    await boss.call('PATCH', `/api/tasks/${id}/`, { body: { notes: 'Done by hand', status: 'canceled' } });
    await boss.call('POST', `/api/staff/checklist/${id * 1_000 + 2}/update/`, { body: { completed: true } });
    const results = await sync([
      made(1, { kind: 'edit_task', task: id, notes: 'Old' }),
      made(2, { kind: 'set_status', task: id, status: 'completed' }),
      made(3, tick(id, 2, false)),
      made(4, tick(id, 4)),
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['superseded', 'superseded', 'superseded', 'applied']);
    expect(await detail(id)).toMatchObject({ notes: 'Done by hand', status: 'canceled' });
    expect(await completedItems(id)).toEqual([false, true, false, true]);
  });

  it('takes a clock that is ahead for its own, and a time without an offset for one on the clocks of the caller', async () => {
    const [ny, { number }] = await signedIn({ role: 'member', timezone: 'America/New_York' });
    const id = await aTask({ assigned_to: number });
    await sync([{ ...made(1, tick(id, 2)), at: '2031-01-01T00:00:00Z' }], ny);
    await sync([{ ...made(1, tick(id, 4)), at: '2025-10-02T07:00:00' }], ny);
    const { items } = (await detail(id)).checklist as { items: readonly { completed_at: string | null }[] };
    expect(items[1]?.completed_at).toMatch(/^2025-10-02T13:/);
    expect(items[3]?.completed_at).toBe('2025-10-02T11:00:00Z');
    // What is done by hand now is later than that.
    await boss.call('POST', `/api/staff/checklist/${id * 1_000 + 2}/update/`, { body: { completed: false } });
    expect((await completedItems(id))[1]).toBe(false);
  });

  it('takes and deletes tasks too, and tells whoever has to hear', async () => {
    const [crew, crewUser] = await signedIn({ role: 'member', task_group: 'general', can_view_team_tasks: true });
    const id = await aTask({ assigned_to: null });
    const [taken] = await sync([made(1, { kind: 'assign_to_me', task: id })], crew);
    expect(taken).toMatchObject({ status: 200, outcome: 'applied', body: { id, assigned_to: crewUser.username } });
    await sync([made(2, { kind: 'set_status', task: id, status: 'in-progress' })], crew);
    const told = (await boss.get('/api/notifications/')).body.results as readonly Body[];
    expect(told.map(({ message }) => message)).toContain('Task status changed to In Progress: Clean');
    const remove = made(3, { kind: 'delete_task', task: id });
    expect(await sync([remove], boss)).toEqual([{ key: remove.key, status: 204, outcome: 'applied', body: null }]);
    expect(await sync([remove], boss)).toMatchObject([{ status: 204 }]);
    expect((await boss.get(`/api/tasks/${id}/`)).status).toBe(404);
  });
});
