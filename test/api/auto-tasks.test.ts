import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Company } from '../../shared/domain/company/company.ts';
import type { Task } from '../../shared/domain/task/task.ts';
import { turnoverKey } from '../../shared/domain/turnover/turnover.keys.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { GivenTasks } from '../support/given-tasks.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const PATH = '/api/auto-task-templates/';
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
  property = Number((await call('POST', '/api/properties/', { name: 'Lake House' })).body.id);
});

type Body = Record<string, unknown>;
const call = (method: string, path: string, body?: Body) =>
  admin.call(method, path, body === undefined ? {} : { body });
async function done(method: string, path: string, body?: Body): Promise<Body> {
  const answer = await call(method, path, body);
  if (answer.status >= 300) throw new Error(`${answer.status}: ${answer.text}`);
  return answer.body;
}
const aTemplate = (body: Body = {}) =>
  done('POST', PATH, { name: 'Arrival', title_template: 'Prepare {property} for {guest_name}', ...body });

const STAY = { check_in_date: '2026-06-10T19:00:00Z', check_out_date: '2026-06-15T15:00:00Z', guest_name: 'A. Guest' };
const aBooking = async (body: Body = {}) =>
  Number((await done('POST', '/api/bookings/', { property, ...STAY, ...body })).id);
const change = (id: number, body: Body) => done('PATCH', `/api/bookings/${id}/`, body);

/** The tasks that templates made of a booking, canceled ones too, by template. */
async function made(booking: number): Promise<readonly Task[]> {
  const all = await given.tasks.open(await given.tasks.listAll());
  const own = all.filter((task) => task.booking_id === booking && task.created_by_template !== null);
  return own.toSorted((a, b) => Number(a.created_by_template) - Number(b.created_by_template));
}
const touch = async (task: Task | undefined, wanted: Partial<Task>) => {
  if (task === undefined) throw new Error('There is no such task');
  await given.save({ seen: task, task: { ...task, modified_by: 1, ...wanted } });
};
/** What counts say and what tasks say. */
const corrected = async () => (await given.counts.recount()).corrected;

describe('templates', () => {
  it('are made with defaults, listed, changed and deleted', async () => {
    const cleaner = await cloud.given.aUser(company, { role: 'member' });
    const first = await aTemplate();
    expect(first).toEqual({
      ...{ id: 1, name: 'Arrival', is_active: true, task_type: 'cleaning' },
      ...{ title_template: 'Prepare {property} for {guest_name}', description_template: '' },
      ...{ timing_type: 'before_checkin', timing_offset: 1, timing_hour: null },
      ...{ properties: [], booking_sources: '', default_assignee: null, default_assignee_username: null },
      ...{ created_by: expect.any(Number), created_at: expect.any(String), updated_at: first.created_at },
    });
    await aTemplate({ name: 'Abc', is_active: 'no', properties: [property], booking_sources: ['Airbnb', 'VRBO'] });
    const listed = await admin.get(PATH);
    expect([listed.body.count, (listed.body.results as Body[]).map(({ name }) => name)]).toEqual([
      2,
      ['Abc', 'Arrival'],
    ]);
    const active = await admin.get(`${PATH}?is_active=true&property=${property}`);
    expect((active.body.results as Body[]).map(({ id }) => id)).toEqual([1]);
    const changed = await done('PATCH', `${PATH}2/`, { default_assignee: cleaner.number, timing_hour: '10:00' });
    expect(changed).toMatchObject({
      ...{ id: 2, booking_sources: 'Airbnb,VRBO', default_assignee_username: cleaner.username, timing_hour: '10:00' },
    });
    expect(await done('PATCH', `${PATH}2/`, { timing_hour: '10:00' })).toEqual(changed);
    expect((await call('DELETE', `${PATH}2/`)).status).toBe(204);
    expect((await call('GET', `${PATH}2/`)).status).toBe(404);
    const { entradas } = (await admin.get('/api/auditoria')).body as { entradas: { accion: string }[] };
    expect(entradas.map(({ accion }) => accion)).toEqual(
      expect.arrayContaining(['plantilla_tarea.crear', 'plantilla_tarea.cambiar', 'plantilla_tarea.borrar']),
    );
  });

  it('are refused with what is wrong, and where a property would have too many', async () => {
    const wrong = await call('POST', PATH, {
      ...{ timing_type: 'whenever', timing_offset: -1, timing_hour: '25:00', title_template: '', task_type: 'x' },
    });
    expect([wrong.status, Object.keys(wrong.body.details as Body).sort()]).toEqual([
      400,
      ['name', 'task_type', 'timing_hour', 'timing_offset', 'timing_type', 'title_template'],
    ]);
    const body = { name: 'x', title_template: 'x' };
    expect((await call('POST', PATH, { ...body, properties: [99] })).body.details).toHaveProperty('properties');
    expect((await call('POST', PATH, { ...body, default_assignee: 99 })).body.details).toHaveProperty(
      'default_assignee',
    );
    for (let at = 0; at < 7; at += 1) await aTemplate();
    await aTemplate({ properties: [property] });
    const asleep = await aTemplate({ is_active: false });
    expect((await call('POST', PATH, body)).body.details).toHaveProperty('properties');
    expect((await call('PATCH', `${PATH}${asleep.id}/`, { is_active: true })).body.details).toHaveProperty(
      'properties',
    );
    const booking = await aBooking();
    await change(booking, { check_in_date: '2026-06-11T19:00:00Z', check_out_date: '2026-06-16T15:00:00Z' });
    await change(booking, { status: 'cancelled' });
    expect((await made(booking)).map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 'canceled'));
    expect(await corrected()).toEqual([]);
  });
});

describe('tasks of a booking', () => {
  it('are made with it, for the template that fits, and its assignee hears of them', async () => {
    const cleaner = await cloud.given.aUser(company, { role: 'member' });
    await aTemplate({ timing_hour: '09:00', default_assignee: cleaner.number, task_type: 'preparation' });
    await aTemplate({ booking_sources: 'VRBO', timing_type: 'after_checkout', timing_offset: 2 });
    const id = await aBooking({ source: 'vrbo' });
    expect(await made(id)).toMatchObject([
      {
        ...{ title: 'Prepare Lake House for A. Guest', task_type: 'preparation', status: 'pending' },
        ...{ due_date: '2026-06-09T13:00:00Z', property_id: property, assigned_to: cleaner.number },
        ...{ assigned_to_username: cleaner.username, created_by_template: 1, created_by: null },
      },
      { due_date: '2026-06-17T15:00:00Z', created_by_template: 2, assigned_to: null },
    ]);
    const own = await cloud.client.signIn(cleaner.email, PASSWORD);
    const heard = (await own.get('/api/notifications/')).body.results as Body[];
    expect(heard.map(({ message }) => message)).toEqual(['New task assigned: Prepare Lake House for A. Guest']);
    expect(await made(await aBooking({ ...later(), source: 'airbnb' }))).toHaveLength(1);
    expect(await corrected()).toEqual([]);
  });

  it('are none of a stay that is over, nor of one that is cancelled before it stands', async () => {
    await aTemplate();
    expect(
      await made(await aBooking({ check_in_date: '2026-05-01T19:00:00Z', check_out_date: '2026-05-03T15:00:00Z' })),
    ).toEqual([]);
    const id = await aBooking({ status: 'cancelled' });
    expect(await made(id)).toEqual([]);
    await change(id, { status: 'confirmed' });
    expect(await made(id)).toHaveLength(1);
  });

  it('move with it, say its name, go and come back with it; a template that is gone changes nothing', async () => {
    const { id: template } = await aTemplate();
    const id = await aBooking();
    await change(id, { check_in_date: '2026-06-11T19:00:00Z', guest_name: 'B. Guest' });
    const moved = { due_date: '2026-06-10T19:00:00Z', title: 'Prepare Lake House for B. Guest' };
    expect(await made(id)).toMatchObject([moved]);
    await change(id, { guest_name: 'C. Guest' });
    expect(await made(id)).toMatchObject([{ title: 'Prepare Lake House for C. Guest' }]);
    await done('PATCH', `${PATH}${template}/`, { timing_offset: 3 });
    await change(id, { status: 'cancelled' });
    expect(await made(id)).toMatchObject([{ status: 'canceled' }]);
    await call('DELETE', `${PATH}${template}/`);
    await change(id, { status: 'booked', check_in_date: '2026-06-12T19:00:00Z' });
    expect(await made(id)).toMatchObject([{ status: 'pending', due_date: '2026-06-11T19:00:00Z' }]);
    await call('DELETE', `/api/bookings/${id}/`);
    expect(await made(id)).toMatchObject([{ status: 'canceled' }]);
    expect(await corrected()).toEqual([]);
  });

  it('stay as a person has left them, and are not made again', async () => {
    await aTemplate();
    await aTemplate({ name: 'Second' });
    await aTemplate({ name: 'Third' });
    const id = await aBooking();
    const [locked, begun, deleted] = await made(id);
    await touch(locked, { is_locked_by_user: true });
    await touch(begun, { status: 'in-progress' });
    await touch(deleted, { deleted_at: CLOCK });
    await change(id, { check_in_date: '2026-06-11T19:00:00Z', guest_name: 'B. Guest' });
    await change(id, { status: 'cancelled' });
    expect(await made(id)).toMatchObject([
      { status: 'pending', due_date: '2026-06-09T19:00:00Z', title: 'Prepare Lake House for A. Guest' },
      { status: 'in-progress', due_date: '2026-06-09T19:00:00Z' },
    ]);
    const [row] = (await admin.get('/api/staff/turnovers/?flagged=true')).body.results as Body[];
    expect(row).toMatchObject({
      booking: id,
      template_tasks: [
        { template: 1, flag: 'locked' },
        { template: 2, flag: 'begun' },
      ],
    });
  });

  it('may be given to another booking that has one of the same template, and are that person’s from then on', async () => {
    await aTemplate();
    const [id, other] = [await aBooking(), await aBooking(later())];
    const [task] = await made(id);
    const answer = await call('PATCH', `/api/staff/tasks/${task?.id}/`, { booking: other });
    expect([answer.status, answer.body.booking]).toEqual([200, other]);
    await change(id, { check_in_date: '2026-06-11T19:00:00Z', guest_name: 'B. Guest' });
    expect(await made(id)).toEqual([]);
    expect(await made(other)).toHaveLength(1);
    expect(await given.tasks.find(task?.id ?? 0)).toMatchObject({ booking_id: other, due_date: task?.due_date });
    expect(await corrected()).toEqual([]);
  });

  it('keep the title that a person gave and the hour of a task without a due date of its own', async () => {
    await aTemplate({ timing_type: 'fixed_time' });
    const id = await aBooking();
    const [task] = await made(id);
    expect(task?.due_date).toBeNull();
    await touch(task, { title: 'My own', due_date: '2026-06-08T10:00:00Z' });
    await change(id, { check_in_date: '2026-06-11T19:00:00Z', guest_name: 'B. Guest' });
    expect(await made(id)).toMatchObject([{ title: 'My own', due_date: '2026-06-08T10:00:00Z' }]);
  });
});

const later = () => ({ check_in_date: '2026-06-20T19:00:00Z', check_out_date: '2026-06-22T15:00:00Z' });

describe('imports', () => {
  const HEADER = 'Confirmation code,Status,Guest name,Booking source,Start date,End date';
  const upload = (...rows: string[]) =>
    admin.upload(
      '/api/bookings/import/',
      { name: 'schedule.csv', bytes: Buffer.from([HEADER, ...rows].join('\n')) },
      { fields: { property_id: String(property) } },
    );
  async function applied(...rows: string[]): Promise<Body> {
    const { body } = await upload(...rows);
    await cloud.cloud.drain();
    return (await admin.get(`/api/bookings/import/${String(body.import_id)}/`)).body;
  }
  const all = async () => {
    const open = await given.tasks.open(await given.tasks.listAll());
    return open.filter(({ status }) => status !== 'canceled');
  };

  it('make each task once however often a file comes, say how many, and take them back when undone', async () => {
    const cleaner = await cloud.given.aUser(company, { role: 'member' });
    for (let at = 0; at < 5; at += 1) await aTemplate({ default_assignee: cleaner.number });
    await aTemplate({ booking_sources: 'VRBO' });
    const rows = Array.from({ length: 12 }, (_, at) => {
      const day = (date: number) => `2026-07-${String(date).padStart(2, '0')}`;
      return `HM${at},Confirmed,Guest ${at},Airbnb,${day(2 * at + 1)},${day(2 * at + 2)}`;
    });
    const first = await applied(...rows);
    // Each booking has its turnover and the tasks of the five templates that are for every source.
    expect(first).toMatchObject({ status: 'completed', created: 12, tasks_created: 72 });
    expect(await all()).toHaveLength(72);
    expect(await applied(...rows)).toMatchObject({ status: 'completed', created: 0, tasks_created: 0 });
    expect(await applied(rows[0]?.replace('Confirmed', 'Cancelled') ?? '')).toMatchObject({ auto_updated: 1 });
    expect(await all()).toHaveLength(66);
    await done('POST', `/api/bookings/import/${String(first.import_id)}/undo/`);
    await cloud.cloud.drain();
    const undone = (await admin.get(`/api/bookings/import/${String(first.import_id)}/`)).body;
    expect(undone.undo).toMatchObject({ status: 'completed', deleted: 11, kept: [1] });
    expect(await all()).toEqual([]);
    expect(await corrected()).toEqual([]);
  });

  it('count the tasks of a conflict that is resolved as a new booking', async () => {
    await aTemplate();
    await applied('HM1,Confirmed,Ana,Airbnb,2026-07-01,2026-07-03');
    const { import_id } = await applied('HM1,Confirmed,Dora,Airbnb,2026-08-01,2026-08-03');
    const path = `/api/bookings/import/${String(import_id)}/`;
    await done('POST', `${path}resolve/`, { resolutions: [{ conflict_index: 0, action: 'create_new' }] });
    expect((await admin.get(path)).body).toMatchObject({ status: 'completed', created: 1, tasks_created: 2 });
    expect((await all()).map(({ title }) => title).toSorted()).toEqual([
      'Prepare Lake House for Ana',
      'Prepare Lake House for Dora',
      'Turnover clean',
      'Turnover clean',
    ]);
  });
});

describe('bin/make-missing-tasks.ts', () => {
  const run = async () => {
    const file = join(import.meta.dirname, '../../bin/make-missing-tasks.ts');
    const args = [file, '--stage', 'local', '--company', company.id];
    const env = { ...process.env, API_ADDRESS: cloud.cloud.address };
    return (await promisify(execFile)(process.execPath, args, { env })).stdout;
  };

  it('makes what older bookings lack, once, and leaves alone what a person has done away with', async () => {
    // The command goes by the clock of the machine.
    const nights = (month: string) => ({
      check_in_date: `2099-${month}-20T19:00:00Z`,
      check_out_date: `2099-${month}-22T15:00:00Z`,
    });
    const [bare, past, whole, gone] = [
      await aBooking(nights('06')),
      await aBooking({ check_in_date: '2026-05-01T19:00:00Z', check_out_date: '2026-05-03T15:00:00Z' }),
      await aBooking(nights('07')),
      await aBooking({ ...nights('08'), status: 'cancelled' }),
    ];
    for (const id of [bare, past]) await cloud.table.write({ kind: 'delete', key: turnoverKey(company.id, id) });
    for (const task of await given.tasks.open(await given.tasks.listAll())) {
      if (task.booking_id === bare) await touch(task, { deleted_at: CLOCK });
    }
    await aTemplate();
    expect(await run()).toContain('3 tasks for 3 bookings');
    const [task] = await made(whole);
    expect(task).toMatchObject({ title: 'Prepare Lake House for A. Guest', due_date: '2099-07-19T19:00:00Z' });
    expect([await made(bare), await made(past), await made(gone)].map(({ length }) => length)).toEqual([1, 0, 0]);
    expect((await admin.get('/api/staff/turnovers/gaps/')).body.count).toBe(0);
    await touch(task, { deleted_at: CLOCK });
    expect(await run()).toContain('0 tasks made');
    expect([await made(whole), await corrected()]).toEqual([[], []]);
  });
});

describe('at once', () => {
  it('many changes of one booking leave one task of each template, where the booking ended', async () => {
    await aTemplate();
    const id = await aBooking();
    const days = [5, 6, 7, 8, 9].map((date) => `2026-06-0${date}T19:00:00Z`);
    await Promise.all(days.map((check_in_date) => change(id, { check_in_date })));
    const { body } = await admin.get(`/api/bookings/${id}/`);
    const [task, ...others] = await made(id);
    expect(others).toEqual([]);
    expect(Date.parse(String(body.check_in_date)) - Date.parse(String(task?.due_date))).toBe(86_400_000);
    expect(await corrected()).toEqual([]);
  });
});
