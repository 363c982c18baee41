import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Company } from '../../shared/domain/company/company.ts';
import { NEW_PROFILE, type Profile } from '../../shared/domain/identity/profile.ts';
import type { User } from '../../shared/domain/identity/user.ts';
import { NotificationRepository } from '../../shared/domain/notification/notification.repository.ts';
import { taskCountKey } from '../../shared/domain/task/task.keys.ts';
import { TASK_STATUSES, TASK_TYPES, type Task } from '../../shared/domain/task/task.ts';
import { maySeeTask, type TaskViewer } from '../../shared/domain/task/task-access.ts';
import { byStatus } from '../../shared/domain/task/task-counts.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { GivenTasks } from '../support/given-tasks.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const CLOCK = '2025-10-01T08:12:44Z';
const INSTANT = expect.stringMatching(/^2025-10-01T08:\d\d:\d\dZ$/);

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud({ clock: CLOCK });
});
afterAll(() => cloud.close());

let company: Company;
let given: GivenTasks;
beforeEach(async () => {
  company = await cloud.given.aCompany();
  given = new GivenTasks(cloud, company.id);
});

async function someone(wanted: Partial<User> = {}): Promise<{ readonly user: User; readonly client: ApiClient }> {
  const user = await cloud.given.aUser(company, wanted);
  return { user, client: await cloud.client.signIn(user.email, PASSWORD) };
}

async function tasksOf(statuses: Partial<Record<Task['status'], number>>, wanted: Partial<Task> = {}): Promise<void> {
  for (const [status, count] of Object.entries(statuses)) {
    for (let made = 0; made < count; made += 1) await given.aTask({ ...wanted, status: status as Task['status'] });
  }
}

describe('the samples of the seed', () => {
  it('S12: the dashboard', async () => {
    const { user, client } = await someone({ role: 'manager' });
    await tasksOf({ pending: 3, 'in-progress': 3, completed: 2 });
    const task = await given.aTask({ title: 'Turnover clean', due_date: '2025-10-02T15:00:00Z' });
    const told = { recipient: user.id, verb: 'assigned', message: 'New task assigned: Turnover clean' } as const;
    await new NotificationRepository(given.scope).addOnce([{ ...told, occasion: '1', task: task.id }], new Date(CLOCK));
    const { status, body } = await client.get('/api/staff/dashboard/');
    expect([status, body]).toEqual([
      200,
      {
        task_counts: { total: 9, pending: 4, in_progress: 3, completed: 2, overdue: 0 },
        recent_tasks: expect.any(Array),
        notifications: [{ id: 1, message: told.message, created_at: CLOCK, is_read: false }],
        unread_notifications: 1,
        server_time: INSTANT,
      },
    ]);
    const recent = body.recent_tasks as readonly Record<string, unknown>[];
    expect(recent.map(({ id }) => id)).toEqual([9, 8, 7, 6, 5]);
    expect(recent[0]).toEqual({ id: 9, title: 'Turnover clean', status: 'pending', due_date: '2025-10-02T15:00:00Z' });
  });

  it('S13: the counts', async () => {
    const { client } = await someone({ role: 'viewer' });
    await tasksOf({ pending: 4, 'in-progress': 3, completed: 2 });
    const { status, body } = await client.get('/api/staff/task-counts/');
    expect([status, body]).toEqual([200, { total: 9, pending: 4, in_progress: 3, completed: 2, overdue: 0 }]);
  });
});

describe('what is counted', () => {
  it('canceled and waiting tasks are in the total alone; overdue is what was to be done before now', async () => {
    const { client } = await someone();
    await tasksOf(
      { canceled: 1, waiting_dependency: 1, completed: 1, pending: 1, 'in-progress': 1 },
      {
        due_date: '2025-10-01T08:12:43Z',
      },
    );
    await given.aTask({ due_date: '2025-12-01T00:00:00Z' });
    const gone = await given.aTask({ due_date: '2025-09-01T00:00:00Z' });
    await given.save({ seen: gone, task: { ...gone, deleted_at: CLOCK } });
    const { body } = await client.get('/api/staff/task-counts/');
    expect(body).toEqual({ total: 6, pending: 2, in_progress: 1, completed: 1, overdue: 2 });
    const dashboard = await client.get('/api/staff/dashboard/');
    expect((dashboard.body.recent_tasks as { id: number }[]).map(({ id }) => id)).not.toContain(gone.id);
  });

  it.each<[string, Partial<Profile>, number[]]>([
    ['a member, the own and the made', {}, [2, 1]],
    [
      'a member with the right to see the crew, the types of the crew too',
      {
        task_group: 'laundry',
        can_view_team_tasks: true,
      },
      [4, 2, 1],
    ],
    [
      'a member of the general crew with that right, all',
      { task_group: 'general', can_view_team_tasks: true },
      [4, 3, 2, 1],
    ],
    ['a member whom an override lets see all, all', { permission_overrides: ['view_all_tasks'] }, [4, 3, 2, 1]],
  ])('for %s', async (_, profile, seen) => {
    const { user, client } = await someone({ role: 'member', ...NEW_PROFILE, ...profile });
    const past = { due_date: '2025-09-01T00:00:00Z' };
    await given.aTask({ ...past, assigned_to: user.number, created_by: user.number });
    await given.aTask({ ...past, created_by: user.number, status: 'in-progress' });
    await given.aTask(past);
    await given.aTask({ ...past, task_type: 'laundry', assigned_to: user.number + 1 });
    const { body } = await client.get('/api/staff/dashboard/');
    const [total, overdue] = [seen.length, seen.length];
    expect(body.task_counts).toMatchObject({ total, overdue, in_progress: 1, pending: total - 1 });
    expect((body.recent_tasks as { id: number }[]).map(({ id }) => id)).toEqual(seen);
  });
});

const PEOPLE = [1, 2, 3];
const person = fc.option(fc.constantFrom(...PEOPLE));
const state = fc.record({
  status: fc.constantFrom(...TASK_STATUSES),
  task_type: fc.constantFrom(...TASK_TYPES),
  assigned_to: person,
  created_by: person,
  deleted_at: fc.option(fc.constant(CLOCK), { freq: 4 }),
});
/** Which of a few tasks takes which state; one that is not there yet is made. */
const operations = fc.array(fc.tuple(fc.nat({ max: 5 }), state), { minLength: 1, maxLength: 12 });

const VIEWERS: readonly TaskViewer[] = [
  { ...NEW_PROFILE, number: 99, role: 'admin' },
  ...PEOPLE.map((number): TaskViewer => ({ ...NEW_PROFILE, number, role: 'member' })),
  { ...NEW_PROFILE, number: 1, role: 'member', task_group: 'cleaning', can_view_team_tasks: true },
];

/** The counts of every viewer as a full count of the tasks has them. */
async function fullCounts() {
  const tasks = await given.tasks.listAll();
  return VIEWERS.map((viewer) => {
    const seen = tasks.filter((task) => maySeeTask(viewer, task));
    const of = (status: Task['status']) => seen.filter((task) => task.status === status).length;
    return { ...Object.fromEntries(TASK_STATUSES.map((status) => [status, of(status)])), total: seen.length };
  });
}
const keptCounts = async () => {
  const counts = await Promise.all(VIEWERS.map((viewer) => given.counts.seenBy(viewer)));
  return counts.map(byStatus);
};

describe('the counts kept', () => {
  it('equal a full count after any changes', async () => {
    await fc.assert(
      fc.asyncProperty(operations, async (sequence) => {
        const standing = new Map<number, Task>();
        for (const [which, wanted] of sequence) {
          const seen = standing.get(which);
          const task =
            seen === undefined ? await given.aTask(wanted) : await given.save({ seen, task: { ...seen, ...wanted } });
          standing.set(which, task);
        }
        const counts = await fullCounts();
        expect(await keptCounts()).toEqual(counts);
        expect(await given.tasks.count()).toBe(counts[0]?.total);
      }),
      { numRuns: 25 },
    );
    expect(await given.counts.recount()).toMatchObject({ corrected: [] });
  });

  it('lose nothing when many change tasks at once', async () => {
    await Promise.all(
      PEOPLE.flatMap((number) =>
        [1, 2, 3].map(async () => {
          for (;;) {
            try {
              return await given.aTask({ assigned_to: number });
            } catch (thrown) {
              if (!(thrown instanceof Error && thrown.message.includes('Vuelve a intentarlo'))) throw thrown;
            }
          }
        }),
      ),
    );
    expect(await keptCounts()).toEqual(await fullCounts());
    expect((await keptCounts())[0]).toMatchObject({ total: 9 });
  });

  it('are put right by bin/recount-tasks.ts, whatever was wrong with them', async () => {
    await given.aTask({ assigned_to: 1 });
    await given.aTask({ assigned_to: 2, status: 'completed' });
    const wrong = { 'cleaning#pending': 7, 'laundry#completed': -2 };
    await cloud.table.write({ kind: 'put', item: { ...taskCountKey(company.id, 'ALL'), ...wrong, changes: 2 } });
    await cloud.table.write({ kind: 'put', item: { ...taskCountKey(company.id, 3), ...wrong } });
    await cloud.table.write({ kind: 'delete', key: taskCountKey(company.id, 1) });
    expect(await keptCounts()).not.toEqual(await fullCounts());
    const command = [
      join(import.meta.dirname, '../../bin/recount-tasks.ts'),
      '--stage',
      'local',
      '--company',
      company.id,
    ];
    const run = () =>
      promisify(execFile)(process.execPath, command, { env: { ...process.env, API_ADDRESS: cloud.cloud.address } });
    expect((await run()).stdout).toContain('2 tasks; corrected ALL');
    expect(await keptCounts()).toEqual(await fullCounts());
    expect(await given.tasks.count()).toBe(2);
    expect((await run()).stdout).toBe('Done. 1 companies, the counts of 0 corrected\n');
    const sumOff = { expression: 'SET #total = :seven', names: { '#total': 'total' }, values: { ':seven': 7 } };
    await cloud.table.write({ kind: 'update', key: taskCountKey(company.id, 'ALL'), update: sumOff });
    expect((await run()).stdout).toContain('2 tasks; corrected ALL');
    expect(await given.tasks.count()).toBe(2);
  });
});
