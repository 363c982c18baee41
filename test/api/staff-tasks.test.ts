import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Company } from '../../shared/domain/company/company.ts';
import { EventRepository, openEvents } from '../../shared/domain/event/event.repository.ts';
import type { User } from '../../shared/domain/identity/user.ts';
import { tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: '2025-10-01T08:12:44Z' });
});
afterAll(() => cloud.close());

let company: Company;
let boss: ApiClient;
let bossUser: User;
let maria: ApiClient;
let mariaUser: User;
/** Each test has a company of its own, so that numbers begin at 1. */
beforeEach(async () => {
  await cloud.setTime('2025-10-01T08:12:44Z');
  company = await cloud.given.aCompany();
  [boss, bossUser] = await signedIn({ role: 'manager' });
  [maria, mariaUser] = await signedIn({ role: 'member' });
});

async function signedIn(wanted: Partial<User>): Promise<[ApiClient, User]> {
  const user = await cloud.given.aUser(company, wanted);
  return [await cloud.client.signIn(user.email, PASSWORD), user];
}

type Body = Record<string, unknown>;
const post = (path: string, body: Body = {}, client = boss) => client.call('POST', path, { body });
const patch = (id: unknown, body: Body, client = boss) => client.call('PATCH', `/api/staff/tasks/${id}/`, { body });
const detail = async (id: unknown, client = boss) => (await client.get(`/api/staff/tasks/${id}/`)).body;
const invalid = (details: Record<string, string[]>) => ({ error: 'Validation failed', details });
const DENIED = { error: 'Permission denied' };

async function aTask(body: Body = {}, client = boss): Promise<number> {
  const answer = await post('/api/tasks/', { title: 'Turnover clean', ...body }, client);
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
  return Number(answer.body.id);
}

async function aHome(name = 'Lake House'): Promise<number> {
  return Number((await post('/api/properties/', { name, units: [{ unit_number: '1' }] })).body.id);
}

const ITEMS = ['Strip beds', 'Wipe kitchen counters', 'Mop', 'Dust', 'Windows', 'Towels', 'Bin', 'Keys'];

async function aTemplate(items: readonly Body[] = ITEMS.map((title) => ({ title })), type = 'cleaning') {
  const body = { name: 'Standard turnover', task_type: type, items };
  const answer = await post('/api/checklists/create/', body);
  expect(answer).toMatchObject({ status: 201, body: { success: true, template_id: expect.any(Number) } });
  return Number(answer.body.template_id);
}

type Items = readonly { readonly id: number; readonly text: string; readonly completed: boolean }[];
async function itemsOf(id: number): Promise<Items> {
  return ((await detail(id)).checklist as { items: Items }).items;
}

async function tick(response: number | undefined, completed = true, client = maria) {
  return client.call('POST', `/api/staff/checklist/${response}/update/`, { body: { completed } });
}

const titles = async (query = '', client = boss) =>
  ((await client.get(`/api/staff/tasks/${query}`)).body.results as Body[]).map(({ title }) => title);

async function messages(client: ApiClient): Promise<readonly unknown[]> {
  return ((await client.get('/api/notifications/')).body.results as Body[]).map(({ message }) => message);
}

describe('The list of tasks', () => {
  it('shows rows as aristay.md S6 does', async () => {
    await aTemplate();
    const property = await aHome();
    const id = await aTask({
      description: 'Full clean after check-out',
      assigned_to: mariaUser.number,
      property,
      due_date: '2025-10-02T15:00:00Z',
    });
    const items = await itemsOf(id);
    await tick(items[0]?.id);
    await tick(items[1]?.id);
    expect((await boss.get('/api/staff/tasks/')).body).toEqual({
      count: 1,
      next: null,
      previous: null,
      results: [
        {
          id,
          title: 'Turnover clean',
          description: 'Full clean after check-out',
          status: 'pending',
          task_type: 'cleaning',
          priority: 'medium',
          assigned_to: mariaUser.number,
          assigned_to_username: mariaUser.username,
          property,
          property_name: 'Lake House',
          due_date: '2025-10-02T15:00:00Z',
          created_at: expect.stringMatching(/^2025-10-01T08:\d\d:\d\dZ$/),
          checklist_id: id,
          checklist_template: 'Standard turnover',
          checklist_progress: { percentage: 25, completed: 2, total: 8, remaining: 6 },
          updated_at: expect.stringMatching(/^2025-10-01T08:\d\d:\d\dZ$/),
          notes: '',
          booking: null,
          booking_window: null,
          is_overdue: false,
          is_muted: false,
          created_by: bossUser.number,
          photo_count: 0,
        },
      ],
    });
    expect((await boss.get(`/api/staff/tasks/${id}/progress/`)).body).toEqual({
      percentage: 25,
      completed: 2,
      total: 8,
      remaining: 6,
    });
  });

  it('has the latest due first and none last, in pages, and the first due first at /api/tasks/', async () => {
    await aTask({ title: 'none' });
    await aTask({ title: 'soon', due_date: '2025-10-02T00:00:00Z' });
    await aTask({ title: 'late', due_date: '2025-10-09T00:00:00Z' });
    expect(await titles()).toEqual(['late', 'soon', 'none']);
    expect(await titles('?page_size=2&page=2')).toEqual(['none']);
    expect(await titles('?page_size=2&page=last')).toEqual(['none']);
    expect((await boss.get('/api/staff/tasks/?page_size=2&page=3')).body).toEqual({ detail: 'Invalid page.' });
    expect((await boss.get('/api/staff/tasks/?page=0')).status).toBe(404);
    const plain = (await boss.get('/api/tasks/')).body.results as Body[];
    expect(plain.map(({ title }) => title)).toEqual(['soon', 'late', 'none']);
    expect(await titles('?ordering=title')).toEqual(['late', 'none', 'soon']);
  });

  it('shows the names and zones that properties have now, however often they were shown before', async () => {
    const property = await aHome();
    const booking = (
      await post('/api/bookings/', {
        property,
        check_in_date: '2025-10-10T19:00:00Z',
        check_out_date: '2025-10-12T02:00:00Z',
      })
    ).body;
    await aTask({ title: 'Mine', property, booking: booking.id });
    const shown = async () => {
      const { results } = (await boss.get('/api/staff/tasks/?search=Mine')).body;
      const [row] = results as Body[];
      return [row?.property_name, row?.booking_window];
    };
    const first = await shown();
    expect(first[0]).toBe('Lake House');
    for (let time = 0; time < 3; time += 1) expect(await shown()).toEqual(first);
    const change = (body: Body) => boss.call('PATCH', `/api/properties/${property}/`, { body });
    expect((await change({ name: 'Sea House' })).status).toBe(200);
    expect(await shown()).toEqual(['Sea House', first[1]]);
    for (let time = 0; time < 3; time += 1) expect(await shown()).toEqual(['Sea House', first[1]]);
    expect((await change({ timezone: 'Pacific/Auckland' })).status).toBe(200);
    const moved = await shown();
    expect(moved[0]).toBe('Sea House');
    expect(moved[1]).not.toBe(first[1]);
    expect((await boss.call('DELETE', `/api/properties/${property}/`)).status).toBeLessThan(500);
    expect(await shown()).toEqual(moved);
  });

  it('holds every task once on its pages, also on those far back', async () => {
    const day = (nth: number) => new Date(Date.UTC(2026, 0, 1 + nth)).toISOString().replace('.000', '');
    const nths = Array.from({ length: 70 }, (_, nth) => nth);
    for (const nth of nths) await aTask({ title: `Nth ${nth}`, due_date: day(nth) });
    const pages = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((page) => titles(`?page_size=10&page=${page}`)));
    expect(pages.map((page) => page.length)).toEqual(Array(7).fill(10));
    expect(pages.flat()).toEqual(nths.map((nth) => `Nth ${nth}`).toReversed());
    for (const page of [8, 9]) {
      const { body } = await boss.get(`/api/staff/tasks/?page_size=10&page=${page}`);
      expect(body).toEqual({ detail: 'Invalid page.' });
    }
  });

  it('filters by each of its parameters, and says which value is wrong', async () => {
    const property = await aHome();
    await aTask({ title: 'A', task_type: 'laundry', priority: 'urgent', property, due_date: '2025-10-02T00:00:00Z' });
    const done = await aTask({ title: 'B', assigned_to: mariaUser.number, description: 'Linen for the lake' });
    await patch(done, { status: 'completed' }, maria);
    expect(await titles('?status=completed')).toEqual(['B']);
    expect(await titles('?status=completed,pending&ordering=title')).toEqual(['A', 'B']);
    expect(await titles('?task_type=laundry')).toEqual(['A']);
    expect(await titles('?type=Laundry')).toEqual(['A']);
    expect(await titles('?priority=urgent')).toEqual(['A']);
    expect(await titles(`?property=${property}`)).toEqual(['A']);
    expect(await titles(`?assigned_to=${mariaUser.number}`)).toEqual(['B']);
    expect(await titles('?assigned_to=me', maria)).toEqual(['B']);
    expect(await titles('?assigned_to=unassigned')).toEqual(['A']);
    expect(await titles('?search=LAKE&ordering=title')).toEqual(['A', 'B']);
    expect(await titles('?q=linen')).toEqual(['B']);
    expect(await titles('?due_date__lte=2025-10-02T00:00:00Z')).toEqual(['A']);
    expect(await titles('?due_date__gte=2025-10-02T00:00:01Z')).toEqual([]);
    expect(await titles('?due_date__gte=2025-10-02T00:00:00Z&due_date__lte=2025-10-02T00:00:00Z')).toEqual(['A']);
    expect(await titles('?due_date__lte=2025-10-01T23:59:59Z')).toEqual([]);
    expect(await titles('?property=999&status=')).toEqual([]);
    await cloud.setTime('2025-10-03T00:00:00Z');
    const [later] = await signedIn({ role: 'manager' });
    expect(await titles('?overdue=true', later)).toEqual(['A']);
    expect(await titles('?overdue=true&due_date__lte=2026-01-01T00:00:00Z', later)).toEqual(['A']);
    expect(await titles('?overdue=false', later)).toEqual(['B']);
    expect((await later.get('/api/staff/tasks/?status=done')).body).toEqual(
      invalid({ status: ['"done" is not a valid choice.'] }),
    );
    expect((await later.get('/api/staff/tasks/?assigned_to=x')).status).toBe(400);
    expect((await later.get('/api/tasks/count-by-status/')).body).toEqual({
      total: 2,
      by_status: { pending: 1, completed: 1 },
      overdue: 1,
      pending: 1,
      in_progress: 0,
      completed: 1,
    });
  });

  it('shows a member the own tasks, the created ones, and those of the crew where the profile says so', async () => {
    const [creator, { number }] = await signedIn({ role: 'member', permission_overrides: ['add_tasks'] });
    const [cleaner] = await signedIn({ role: 'member', task_group: 'cleaning', can_view_team_tasks: true });
    const [viewer] = await signedIn({ role: 'viewer' });
    const own = await aTask({ title: 'assigned', assigned_to: mariaUser.number, task_type: 'laundry' });
    const made = await aTask({ title: 'created' }, creator);
    expect(await titles('', maria)).toEqual(['assigned']);
    expect(await titles('', creator)).toEqual(['created']);
    expect(await titles('', cleaner)).toEqual(['created']);
    expect(await titles('?ordering=title', viewer)).toEqual(['assigned', 'created']);
    expect(await titles(`?created_by=${number}`, maria)).toEqual([]);
    expect((await maria.get(`/api/staff/tasks/${made}/`)).body).toEqual(DENIED);
    expect((await maria.get('/api/staff/tasks/999/')).body).toEqual({ detail: 'Not found.' });
    // Given away, it is gone from the own list and from sight.
    await patch(own, { assigned_to: null });
    expect(await titles('', maria)).toEqual([]);
    expect((await maria.get(`/api/staff/tasks/${own}/progress/`)).status).toBe(403);
  });
});

describe('One task', () => {
  it('is shown as aristay.md S7 does', async () => {
    await aTemplate([
      { title: 'Strip beds', order: 1 },
      { title: 'Wipe kitchen counters', order: 2 },
    ]);
    const property = await aHome();
    const id = await aTask({
      description: 'Full clean after check-out',
      priority: 'high',
      assigned_to: mariaUser.number,
      property,
      due_date: '2025-10-02T15:00:00Z',
    });
    await patch(id, { status: 'in-progress' }, maria);
    const [first] = await itemsOf(id);
    await tick(first?.id);
    const stamp = expect.stringMatching(/^2025-10-01T08:\d\d:\d\dZ$/);
    expect(await detail(id)).toMatchObject({
      id,
      title: 'Turnover clean',
      description: 'Full clean after check-out',
      status: 'in-progress',
      task_type: 'cleaning',
      priority: 'high',
      assigned_to: mariaUser.number,
      assigned_to_username: mariaUser.username,
      property,
      property_name: 'Lake House',
      due_date: '2025-10-02T15:00:00Z',
      created_at: stamp,
      checklist: {
        id,
        template: 'Standard turnover',
        items: [
          {
            id: id * 1000 + 1,
            text: 'Strip beds',
            completed: true,
            completed_at: stamp,
            completed_by: mariaUser.number,
          },
          { id: id * 1000 + 2, text: 'Wipe kitchen counters', completed: false, completed_at: null },
        ],
      },
      images: [],
      started_at: stamp,
      completed_at: null,
      has_blocking_items: false,
      history: [
        { change: 'created', username: bossUser.username },
        { change: 'status', from: 'pending', to: 'in-progress', username: mariaUser.username },
      ],
    });
  });

  it('answers a change with the four keys of S8 and what was sent, and notes nothing where nothing changes', async () => {
    const id = await aTask({ assigned_to: mariaUser.number });
    await cloud.setTime('2025-10-02T13:00:00Z');
    [boss] = await signedIn({ role: 'manager' });
    maria = await cloud.client.signIn(mariaUser.email, PASSWORD);
    const answer = await patch(id, { status: 'in-progress', notes: 'Started, one lamp broken' }, maria);
    expect(answer).toMatchObject({ status: 200 });
    const updated_at = expect.stringMatching(/^2025-10-02T13:0\d:\d\dZ$/);
    expect(answer.body).toEqual({ id, status: 'in-progress', notes: 'Started, one lamp broken', updated_at });
    await cloud.setTime('2025-10-02T14:00:00Z');
    maria = await cloud.client.signIn(mariaUser.email, PASSWORD);
    const echo = await patch(id, { status: 'in_progress', title: 'Turnover clean', due_date: null }, maria);
    expect(echo.body).toEqual({
      id,
      status: 'in-progress',
      notes: 'Started, one lamp broken',
      title: 'Turnover clean',
      due_date: null,
      updated_at,
    });
    expect((await patch(id, {}, maria)).status).toBe(200);
  });

  it('refuses what the caller may not change, and applies nothing of such a request', async () => {
    const id = await aTask({ assigned_to: mariaUser.number });
    const [pedro, { number }] = await signedIn({ role: 'member' });
    const [viewer] = await signedIn({ role: 'viewer' });
    expect((await patch(id, { notes: 'x', title: 'Mine' }, maria)).body).toEqual(DENIED);
    expect((await patch(id, { status: 'canceled' }, maria)).body).toEqual(DENIED);
    expect((await patch(id, { assigned_to: number }, maria)).body).toEqual(DENIED);
    expect((await patch(id, { notes: 'x' }, pedro)).body).toEqual(DENIED);
    expect((await patch(id, { notes: 'x' }, viewer)).body).toEqual(DENIED);
    expect((await post(`/api/tasks/${id}/assign_to_me/`, {}, pedro)).body).toEqual(DENIED);
    expect((await post(`/api/tasks/${id}/set_status/`, { status: 'completed' }, pedro)).body).toEqual(DENIED);
    expect((await maria.call('DELETE', `/api/tasks/${id}/`)).body).toEqual(DENIED);
    expect(await detail(id)).toMatchObject({ notes: '', title: 'Turnover clean', status: 'pending' });
  });

  it('says which value cannot be', async () => {
    const [here, there] = [await aHome(), await aHome('Hill House')];
    const booking = Number(
      (await post('/api/bookings/', { property: here, check_in_date: '2025-10-05', check_out_date: '2025-10-07' })).body
        .id,
    );
    const id = await aTask();
    const refused = async (body: Body) => ((await patch(id, body)).body.details ?? {}) as Record<string, string[]>;
    expect(await refused({ status: 'waiting' })).toEqual({ status: ['"waiting" is not a valid choice.'] });
    expect(await refused({ due_date: '2025-09-01T00:00:00Z' })).toEqual({
      due_date: ['The due date may not be in the past.'],
    });
    expect(await refused({ assigned_to: 999 })).toHaveProperty('assigned_to');
    expect(await refused({ property: 999 })).toHaveProperty('property');
    expect(await refused({ property: there, booking })).toHaveProperty('booking');
    expect(await refused({ depends_on: [id] })).toEqual({ depends_on: ['A task cannot depend on itself.'] });
    expect(await refused({ depends_on: [999] })).toHaveProperty('depends_on');
    expect(await refused({ title: '' })).toEqual({ title: ['This field may not be blank.'] });
    await patch(id, { status: 'completed' });
    expect(await refused({ status: 'canceled' })).toEqual({
      status: ['A task cannot go from "completed" to "canceled".'],
    });
    const other = await aTask();
    expect((await patch(id, { booking, depends_on: [other] })).body).toMatchObject({ booking, depends_on: [other] });
    const booking_window = '2025-10-05 → 2025-10-07';
    expect(await detail(id)).toMatchObject({ property: here, booking, property_name: 'Lake House', booking_window });
    const rows = (await boss.get(`/api/staff/tasks/?booking=${booking}`)).body.results as Body[];
    expect(rows.find((row) => row.id === id)).toMatchObject({ booking_window });
  });

  it('keeps its property from being deleted while it is open', async () => {
    const property = await aHome();
    const id = await aTask({ property });
    const [admin] = await signedIn({ role: 'admin' });
    const remove = () => admin.call('DELETE', `/api/properties/${property}/`);
    expect((await remove()).body).toEqual(
      invalid({ non_field_errors: ['The property has 1 open tasks. Complete, cancel or delete them first.'] }),
    );
    await patch(id, { status: 'completed' });
    expect((await remove()).status).toBe(204);
    expect(await detail(id)).toMatchObject({ property, property_name: 'Lake House' });
  });

  it('reads a time without an offset on the clocks of the caller', async () => {
    const [ny] = await signedIn({ role: 'admin', timezone: 'America/New_York' });
    const id = await aTask({ due_date: '2025-10-02T11:00' }, ny);
    expect(await detail(id)).toMatchObject({ due_date: '2025-10-02T15:00:00Z' });
  });

  it('is taken, muted, copied and deleted by its own routes', async () => {
    const [crew, crewUser] = await signedIn({
      role: 'member',
      task_group: 'general',
      can_view_team_tasks: true,
      permission_overrides: ['add_tasks'],
    });
    const id = await aTask({ title: 'x'.repeat(199), due_date: '2025-10-02T15:00:00Z', priority: 'low' });
    const taken = await post(`/api/tasks/${id}/assign_to_me/`, {}, crew);
    expect(taken).toMatchObject({ status: 200, body: { id, assigned_to: crewUser.username } });
    expect((await post(`/api/tasks/${id}/mute/`, {}, crew)).body).toEqual({ muted: true });
    expect(await detail(id, crew)).toMatchObject({ is_muted: true });
    await patch(id, { priority: 'high', title: 'Renamed' });
    expect(await messages(crew)).toEqual([]);
    expect((await post(`/api/tasks/${id}/unmute/`, {}, crew)).body).toEqual({ muted: false });
    const copy = await post(`/api/staff/tasks/${id}/duplicate/`, {}, crew);
    expect(copy).toMatchObject({
      status: 201,
      body: { title: 'Renamed (Copy)', status: 'pending', priority: 'high', assigned_to: crewUser.number },
    });
    expect((await post(`/api/staff/tasks/${id}/duplicate/`, {}, maria)).status).toBe(403);
    expect((await post(`/api/tasks/${id}/set_status/`, { status: 'completed' }, crew)).body).toEqual({
      status: 'completed',
    });
    expect((await post(`/api/staff/tasks/${id}/status/`, { status: 'in_progress' }, crew)).body).toEqual({
      success: true,
      status: 'in-progress',
      status_display: 'In Progress',
    });
    expect((await crew.call('DELETE', `/api/tasks/${copy.body.id}/`)).status).toBe(204);
    expect((await boss.call('DELETE', `/api/tasks/${id}/`)).status).toBe(204);
    expect((await boss.get(`/api/tasks/${id}/`)).status).toBe(404);
    expect((await boss.get('/api/staff/tasks/')).body).toMatchObject({ count: 0, results: [] });
    expect(await titles('', crew)).toEqual([]);
  });
});

describe('Who hears of a task', () => {
  it('reads the sentences of aristay.md §7.6, and never of what the person did', async () => {
    const id = await aTask({ assigned_to: mariaUser.number });
    expect(await messages(maria)).toEqual(['New task assigned: Turnover clean']);
    await patch(id, { status: 'in-progress' }, maria);
    expect(await messages(boss)).toEqual(['Task status changed to In Progress: Turnover clean']);
    const [pedro, { number }] = await signedIn({ role: 'member' });
    await patch(id, { assigned_to: number, title: 'Deep clean' });
    expect([...(await messages(pedro))].sort()).toEqual(['New task assigned: Deep clean', 'Title changed: Deep clean']);
    expect(await messages(maria)).toContain('Task unassigned: Deep clean');
  });

  it('asks every manager once until the task changes', async () => {
    const id = await aTask({ assigned_to: mariaUser.number });
    const [admin] = await signedIn({ role: 'admin' });
    for (const _ of [1, 2]) {
      expect((await post(`/api/tasks/${id}/notify_manager/`, {}, maria)).body).toEqual({ notified: 2 });
    }
    expect(await messages(admin)).toEqual(['Attention requested: Turnover clean']);
    expect(await messages(boss)).toEqual(['Attention requested: Turnover clean']);
  });

  it('is the event log too, in the transaction of the change', async () => {
    const id = await aTask({ assigned_to: mariaUser.number, property: await aHome() });
    await patch(id, { status: 'in-progress' }, maria);
    await patch(id, { notes: 'x' }, maria);
    const scope = new TenantScope(cloud.table, company.id);
    const now = cloud.cloud.now();
    const rows = await new EventRepository(scope).listBetween(1, 10, 10, now);
    const events = await openEvents(tenantKeys('alias/stay-ops-local', { now: () => now }), scope, rows);
    expect(events).toMatchObject([
      {
        type: 'task.status_changed',
        data: {
          task: { id, status: 'in-progress', property_name: 'Lake House' },
          previous_status: 'pending',
          new_status: 'in-progress',
          changed_by: { id: mariaUser.number, username: mariaUser.username },
        },
      },
    ]);
  });
});

describe('A checklist', () => {
  it('is answered as aristay.md C23 and C24 say', async () => {
    await aTemplate();
    const id = await aTask({ assigned_to: mariaUser.number });
    const [first, second, third] = await itemsOf(id);
    await tick(first?.id);
    await tick(second?.id);
    expect((await tick(third?.id)).body).toEqual({
      success: true,
      completed: true,
      completed_at: expect.stringMatching(/^2025-10-01T08:\d\d:\d\dZ$/),
      progress: { completed: 3, total: 8, percentage: 37, remaining: 5 },
    });
    const path = `/api/staff/checklist-response/${third?.id}/update/`;
    expect((await post(path, { notes: 'ok', number_response: 3 }, maria)).body).toEqual({
      success: true,
      progress: 37,
      is_completed: true,
    });
    expect((await tick(third?.id, false)).body).toMatchObject({ completed: false, completed_at: null });
    expect((await itemsOf(id))[2]).toMatchObject({ notes: 'ok', number_response: '3.00', completed: false });
    const [pedro] = await signedIn({ role: 'member' });
    expect((await tick(first?.id, false, pedro)).body).toEqual(DENIED);
    expect((await tick(id * 1000 + 999)).status).toBe(404);
  });

  it('holds a task back while a blocking item is open, and an item while its answer is missing', async () => {
    await aTemplate([
      { title: 'Gas off', item_type: 'blocking' },
      { title: 'Meter', item_type: 'number_input' },
      { title: 'Remarks', item_type: 'text_input' },
      { title: 'Bath', item_type: 'photo_required' },
    ]);
    const held = invalid({ status: ['Complete the blocking items of the checklist first.'] });
    expect((await post('/api/tasks/', { title: 'Born complete', status: 'completed' })).body).toEqual(held);
    const other = await aTask({ task_type: 'other' });
    expect((await patch(other, { task_type: 'cleaning', status: 'completed' })).body).toEqual(held);
    const id = await aTask({ assigned_to: mariaUser.number });
    const [gas, meter, remarks, bath] = await itemsOf(id);
    expect((await patch(id, { status: 'completed' }, maria)).body).toEqual(held);
    for (const item of [meter, remarks, bath]) expect((await tick(item?.id)).status).toBe(400);
    const answer = (item: Items[number] | undefined, body: Body) =>
      post(`/api/staff/checklist-response/${item?.id}/update/`, body, maria);
    expect((await answer(meter, { number_response: '12.5', is_completed: true })).status).toBe(200);
    expect((await answer(meter, { number_response: null })).status).toBe(400);
    expect((await answer(remarks, { text_response: 'All well', is_completed: true })).status).toBe(200);
    await tick(gas?.id);
    expect((await patch(id, { status: 'completed' }, maria)).status).toBe(200);
    expect(await detail(id)).toMatchObject({ completed_at: expect.any(String), has_blocking_items: false });
  });

  it('keeps every tick of devices that tick at once', async () => {
    await aTemplate(Array.from({ length: 12 }, (_, at) => ({ title: `Item ${at}`, order: at })));
    const id = await aTask({ assigned_to: mariaUser.number });
    const items = await itemsOf(id);
    const answers = await Promise.all(items.map((item) => tick(item.id)));
    expect(answers.map(({ status }) => status)).toEqual(items.map(() => 200));
    expect((await boss.get(`/api/staff/tasks/${id}/progress/`)).body).toMatchObject({ completed: 12, percentage: 100 });
    expect((await itemsOf(id)).every(({ completed }) => completed)).toBe(true);
  });

  it('comes from the newest active template of the type, and follows the type until it is begun', async () => {
    await aTemplate([{ title: 'old' }]);
    await cloud.passTime(60);
    await aTemplate([{ title: 'new' }]);
    await post('/api/checklists/create/', {
      name: 'Off',
      task_type: 'cleaning',
      is_active: false,
      items: [{ title: 'x' }],
    });
    await aTemplate([{ title: 'wash' }], 'laundry');
    const id = await aTask();
    expect((await itemsOf(id)).map(({ id: response, text }) => [response, text])).toEqual([[id * 1000 + 1, 'new']]);
    await patch(id, { task_type: 'laundry' });
    const items = await itemsOf(id);
    // The id of a response that is gone is not given again.
    expect(items.map(({ id: response, text }) => [response, text])).toEqual([[id * 1000 + 2, 'wash']]);
    expect((await tick(id * 1000 + 1, true, boss)).status).toBe(404);
    await tick(items[0]?.id, true, boss);
    await patch(id, { task_type: 'cleaning' });
    expect((await itemsOf(id)).map(({ text }) => text)).toEqual(['wash']);
  });

  it('is given to tasks without one, and templates are listed for managers', async () => {
    const [first, second] = [await aTask(), await aTask()];
    const template = await aTemplate();
    const assigned = await post(`/api/checklists/assign/${first}/`, { template_id: template });
    expect(assigned).toMatchObject({ status: 200, body: { success: true, checklist_id: first } });
    expect((await post(`/api/checklists/assign/${first}/`, { template_id: template })).status).toBe(400);
    const both = { task_ids: [first, second], template_id: template };
    expect((await post('/api/checklists/quick-assign/', both)).body).toEqual({ success: true, assigned_count: 1 });
    expect((await post('/api/checklists/quick-assign/', { ...both, task_ids: [999] })).status).toBe(400);
    expect(await detail(second)).toMatchObject({ checklist_progress: { total: 8, completed: 0 } });
    const { body } = await boss.get('/api/checklists/?task_type=cleaning&is_active=true');
    expect(body).toMatchObject({ count: 1, next: null, previous: null });
    expect(body.results).toMatchObject([
      {
        id: template,
        name: 'Standard turnover',
        task_type: 'cleaning',
        is_active: true,
        items: ITEMS.map((title) => ({ title, item_type: 'check', is_required: true, order: 0, room_type: '' })),
      },
    ]);
    expect((await maria.get('/api/checklists/')).body).toEqual(DENIED);
  });
});
