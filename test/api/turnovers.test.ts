import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Company } from '../../shared/domain/company/company.ts';
import type { Task, TaskStatus } from '../../shared/domain/task/task.ts';
import { turnoverKey } from '../../shared/domain/turnover/turnover.keys.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { GivenTasks } from '../support/given-tasks.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const CLOCK = '2026-06-01T08:00:00Z';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: CLOCK });
});
afterAll(() => cloud.close());

let company: Company;
let admin: ApiClient;
let given: GivenTasks;
let property: number;
beforeEach(async () => {
  company = await cloud.given.aCompany({ zona_horaria: 'America/New_York' });
  admin = await cloud.client.signIn((await cloud.given.aUser(company)).email, PASSWORD);
  given = new GivenTasks(cloud, company.id);
  property = await aProperty('Lake House', '101', '102');
});

type Body = Record<string, unknown>;
const call = (method: string, path: string, body?: Body) =>
  admin.call(method, path, body === undefined ? {} : { body });

async function aProperty(name: string, ...units: readonly string[]): Promise<number> {
  const body = { name, units: units.map((unit_number) => ({ unit_number })) };
  return Number((await call('POST', '/api/properties/', body)).body.id);
}

const STAY = { check_in_date: '2026-06-10T19:00:00Z', check_out_date: '2026-06-15T15:00:00Z' };
async function aBooking(body: Body = {}): Promise<number> {
  const answer = await call('POST', '/api/bookings/', { property, ...STAY, ...body });
  expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
  return Number(answer.body.id);
}
const change = async (id: number, body: Body) => {
  const answer = await call('PATCH', `/api/bookings/${id}/`, body);
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
};

async function listed(path: string): Promise<readonly Body[]> {
  const { status, body } = await admin.get(`/api/staff/turnovers/${path}`);
  expect(status).toBe(200);
  return body.results as Body[];
}
const turnoverOf = async (booking: number) => (await listed('')).find((row) => row.booking === booking);
/** The live tasks of a booking, canceled ones apart. */
async function tasksOf(booking: number): Promise<readonly Task[]> {
  const all = await given.tasks.open(await given.tasks.listAll());
  return all.filter(({ booking_id, status }) => booking_id === booking && status !== 'canceled');
}
async function theTaskOf(booking: number): Promise<Task> {
  const [task, ...others] = await tasksOf(booking);
  if (task === undefined || others.length > 0) throw new Error('There is not exactly one task');
  return task;
}
const touch = async (task: Task, wanted: Partial<Task>) =>
  given.save({ seen: task, task: { ...task, modified_by: 1, ...wanted } });

describe('a turnover follows its booking', () => {
  it('is made with it, named after the unit, and moves with it', async () => {
    const id = await aBooking({ unit: '101' });
    expect(await theTaskOf(id)).toMatchObject({
      ...{ title: 'Turnover clean: 101', description: 'Full clean after check-out', task_type: 'cleaning' },
      ...{ due_date: STAY.check_out_date, property_id: property, status: 'pending', created_by: null },
    });
    const other = await aProperty('Beach House');
    await change(id, { check_out_date: '2026-06-17T15:00:00Z', unit: '102' });
    expect(await theTaskOf(id)).toMatchObject({ title: 'Turnover clean: 102', due_date: '2026-06-17T15:00:00Z' });
    await change(id, { property: other, unit: null });
    expect(await theTaskOf(id)).toMatchObject({ title: 'Turnover clean', property_id: other });
    await change(id, { status: 'owner_staying' });
    expect(await turnoverOf(id)).toEqual({
      ...{ id, booking: id, property: other, check_out_date: '2026-06-17T15:00:00Z', task: 1 },
      ...{ task_status: 'pending', task_due_date: '2026-06-17T15:00:00Z', reason: null, flag: null },
      template_tasks: [],
    });
    expect(await listed('gaps/')).toEqual([]);
  });

  it('is withdrawn and brought back with it, and webhooks hear of both', async () => {
    const id = await aBooking();
    await change(id, { status: 'cancelled' });
    expect(await tasksOf(id)).toEqual([]);
    expect(await turnoverOf(id)).toMatchObject({ reason: 'booking_cancelled', task_status: 'canceled' });
    await change(id, { status: 'booked' });
    expect(await theTaskOf(id)).toMatchObject({ id: 1, status: 'pending' });
    await call('DELETE', `/api/bookings/${id}/`);
    expect(await tasksOf(id)).toEqual([]);
    const events = (await admin.get('/api/events/?after=0')).body.results as Body[];
    expect(events.map(({ type }) => type)).toEqual([
      'booking.created',
      ...['task.status_changed', 'task.status_changed', 'task.status_changed'],
    ]);
    expect(await listed('gaps/')).toEqual([]);
  });

  it('a split stay has a turnover for each part', async () => {
    const id = await aBooking({ unit: '101' });
    await change(id, { check_out_date: '2026-06-12T15:00:00Z' });
    const rest = await aBooking({ unit: '101', check_in_date: '2026-06-12T15:00:00Z' });
    expect((await theTaskOf(id)).due_date).toBe('2026-06-12T15:00:00Z');
    expect((await theTaskOf(rest)).due_date).toBe(STAY.check_out_date);
  });

  it('is flagged and not moved while a person holds its task', async () => {
    const id = await aBooking();
    await touch(await theTaskOf(id), { is_locked_by_user: true });
    await change(id, { check_out_date: '2026-06-17T15:00:00Z' });
    expect((await theTaskOf(id)).due_date).toBe(STAY.check_out_date);
    expect(await listed('?flagged=true')).toEqual([expect.objectContaining({ booking: id, flag: 'locked' })]);
    await change(id, { check_out_date: STAY.check_out_date });
    expect(await listed('?flagged=true')).toEqual([]);
    expect(await listed('gaps/')).toEqual([]);
  });

  it('is flagged for another unit until its task names that, and no longer once a person has put the task right', async () => {
    const id = await aBooking({ unit: '101' });
    const task = await theTaskOf(id);
    const lock = (is_locked_by_user: boolean, more: Body = {}) =>
      call('PATCH', `/api/staff/tasks/${task.id}/`, { is_locked_by_user, ...more });
    await lock(true);
    await change(id, { unit: '102' });
    await change(id, { guest_name: 'B. Guest' });
    expect(await listed('?flagged=true')).toEqual([expect.objectContaining({ booking: id, flag: 'locked' })]);
    await change(id, { unit: '101' });
    expect(await listed('?flagged=true')).toEqual([]);
    const check_out_date = '2026-06-17T15:00:00Z';
    await change(id, { check_out_date });
    expect(await listed('?flagged=true')).toHaveLength(1);
    await lock(false, { due_date: check_out_date });
    expect(await listed('?flagged=true')).toEqual([]);
  });

  it('is done without where a person gives its task to another booking, and what is there follows that person', async () => {
    const [id, other] = [await aBooking({ unit: '101' }), await aBooking({ unit: '102' })];
    const { id: task } = await theTaskOf(id);
    const give = (booking: number | null) => call('PATCH', `/api/staff/tasks/${task}/`, { booking });
    for (const booking of [other, null]) {
      expect((await give(booking)).status).toBe(200);
      expect(await turnoverOf(id)).toMatchObject({ task: null, reason: 'dismissed' });
    }
    await change(id, { check_out_date: '2026-06-17T15:00:00Z' });
    expect(await given.tasks.find(task)).toMatchObject({ due_date: STAY.check_out_date, status: 'pending' });
    expect(await tasksOf(id)).toEqual([]);
    expect(await listed('gaps/')).toEqual([]);
    await give(id);
    await change(id, { check_out_date: '2026-06-18T15:00:00Z' });
    expect(await theTaskOf(id)).toMatchObject({ id: task, due_date: '2026-06-18T15:00:00Z' });
  });

  it('stays away where a person has done away with it, or the guest had left', async () => {
    const [dismissed, past] = [
      await aBooking({ unit: '101' }),
      await aBooking({ check_in_date: '2026-05-01T19:00:00Z', check_out_date: '2026-05-03T15:00:00Z' }),
    ];
    await touch(await theTaskOf(dismissed), { deleted_at: CLOCK });
    expect(await turnoverOf(dismissed)).toMatchObject({ reason: 'dismissed', task: null });
    await change(dismissed, { check_out_date: '2026-06-17T15:00:00Z' });
    expect(await tasksOf(dismissed)).toEqual([]);
    expect(await turnoverOf(past)).toMatchObject({ reason: 'left_already', task: null });
    expect(await listed('gaps/')).toEqual([]);
  });

  it('a gap is told, and heals with the next change', async () => {
    const id = await aBooking();
    await cloud.table.write({ kind: 'delete', key: turnoverKey(company.id, id) });
    expect(await listed('gaps/')).toEqual([
      { id, booking: id, property, check_out_date: STAY.check_out_date, task: null, breach: 'missing' },
    ]);
    await change(id, { check_out_date: '2026-06-17T15:00:00Z' });
    expect(await listed('gaps/')).toEqual([]);
  });
});

const day = fc.integer({ min: 2, max: 28 }).map((date) => `2026-06-${String(date).padStart(2, '0')}T15:00:00Z`);
const status = fc.constantFrom('booked', 'owner_staying', 'cancelled', 'completed');
const step = fc.oneof(
  fc.record({ check_out_date: day, status }, { requiredKeys: [] }),
  fc.record({ task: fc.constantFrom<TaskStatus>('pending', 'in-progress', 'completed', 'canceled') }),
  fc.record({ locked: fc.boolean() }),
);

describe('in the real store', () => {
  it('no sequence of changes leaves a gap or a second task', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        const id = await aBooking({ check_in_date: '2026-06-01T19:00:00Z', status: 'completed' });
        for (const taken of steps) {
          const [task] = await tasksOf(id);
          if ('task' in taken && task !== undefined) await touch(task, { status: taken.task });
          else if ('locked' in taken && task !== undefined) await touch(task, { is_locked_by_user: taken.locked });
          else if (!('task' in taken || 'locked' in taken)) await change(id, taken);
        }
        expect((await tasksOf(id)).length).toBeLessThanOrEqual(1);
        expect(await listed('gaps/')).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  it('many who change one booking at once leave one task, where the booking ended', async () => {
    const id = await aBooking();
    const days = [16, 17, 18, 19, 20, 21].map((date) => `2026-06-${date}T15:00:00Z`);
    await Promise.all(days.map((check_out_date) => change(id, { check_out_date })));
    const { body } = await admin.get(`/api/bookings/${id}/`);
    expect((await theTaskOf(id)).due_date).toBe(body.check_out_date);
    expect(await listed('gaps/')).toEqual([]);
  });
});
