import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Company } from '../../shared/domain/company/company.ts';
import type { User } from '../../shared/domain/identity/user.ts';
import { isOverdue, TASK_STATUSES, TASK_TYPES, type Task } from '../../shared/domain/task/task.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { GivenTasks } from '../support/given-tasks.ts';
import { requestsOf } from '../support/requests-of.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

const NOW = '2026-06-15T10:00:00Z';
const SIZE = 9;

let cloud: TestCloud;
let company: Company;
let tasks: readonly Task[];
let boss: ApiClient;

const DAY_MS = 86_400_000;
const LONG_AGO = '2026-06-05T10:00:00Z';

/** Tasks of every type and status but one, four to a date around today, some without a date. */
function manyTasks(): readonly Partial<Task>[] {
  return Array.from({ length: 120 }, (_, nth) => {
    const task_type = TASK_TYPES[nth % TASK_TYPES.length] ?? 'other';
    const status = TASK_STATUSES[Math.floor(nth / TASK_TYPES.length) % TASK_STATUSES.length] ?? 'pending';
    const due = new Date(Date.parse(NOW) + (((nth * 7) % 30) - 15) * DAY_MS - 1_000).toISOString().replace('.000', '');
    return {
      task_type,
      status: status === 'canceled' && task_type === 'lawn_pool' ? 'pending' : status,
      priority: nth % 5 === 0 ? 'urgent' : 'medium',
      due_date: nth % 11 === 0 ? null : due,
      property_id: nth % 6 === 0 ? 7 : null,
      booking_id: nth % 18 === 0 ? 3 : null,
      assigned_to: nth % 4 === 0 ? 99 : null,
    };
  });
}

beforeAll(async () => {
  cloud = await startTestCloud({ clock: NOW });
  company = await cloud.given.aCompany();
  boss = await signedIn({ role: 'manager' });
  const given = new GivenTasks(cloud, company.id);
  const made: Task[] = [];
  for (const wanted of manyTasks()) made.push(await given.aTask(wanted));
  tasks = made;
});
afterAll(() => cloud.close());

async function signedIn(wanted: Partial<User>): Promise<ApiClient> {
  return cloud.client.signIn((await cloud.given.aUser(company, wanted)).email, PASSWORD);
}

type Fits = (task: Task) => boolean;
const FILTERS: readonly (readonly [query: string, fits: Fits])[] = [
  ['', () => true],
  ...TASK_STATUSES.map((status) => [`status=${status}`, (task: Task) => task.status === status] as const),
  ['status=pending,in-progress', ({ status }) => status === 'pending' || status === 'in-progress'],
  ['task_type=laundry', ({ task_type }) => task_type === 'laundry'],
  ['status=completed&type=cleaning', ({ status, task_type }) => status === 'completed' && task_type === 'cleaning'],
  ['status=canceled&type=lawn_pool', ({ status, task_type }) => status === 'canceled' && task_type === 'lawn_pool'],
];

/** `aristay.md` §1.5: those without a date last whichever way, of equal dates the greater id first. */
function inOrder(fits: Fits, direction: 1 | -1): readonly number[] {
  return tasks
    .filter(fits)
    .toSorted((a, b) => {
      if (a.due_date === b.due_date) return b.id - a.id;
      if (a.due_date === null || b.due_date === null) return a.due_date === null ? 1 : -1;
      return a.due_date < b.due_date ? -direction : direction;
    })
    .map(({ id }) => id);
}

async function idsOfPages(path: string, query: string, count: number): Promise<readonly number[]> {
  const pages = Array.from({ length: Math.max(1, Math.ceil(count / SIZE)) }, (_, at) => at + 1);
  const answers = await Promise.all(
    pages.map((page) => boss.get(`${path}?${query}&page_size=${SIZE}${page === 1 ? '' : `&page=${page}`}`)),
  );
  expect(answers.map(({ status, body }) => [status, body.count])).toEqual(pages.map(() => [200, count]));
  return answers.flatMap(({ body }) => (body.results as readonly { readonly id: number }[]).map(({ id }) => id));
}

describe('a list of tasks by due date', () => {
  it.each(FILTERS)('has those of "%s" once each on its pages, the latest due first', async (query, fits) => {
    const wanted = inOrder(fits, -1);
    expect(await idsOfPages('/api/staff/tasks/', query, wanted.length)).toEqual(wanted);
  });

  it.each(FILTERS)('has those of "%s" once each on its pages, the first due first', async (query, fits) => {
    const wanted = inOrder(fits, 1);
    expect(await idsOfPages('/api/tasks/', query, wanted.length)).toEqual(wanted);
  });

  it.each(FILTERS)('ends with the last page of "%s", and has none after it', async (query, fits) => {
    for (const [path, direction] of [['/api/staff/tasks/', -1] as const, ['/api/tasks/', 1] as const]) {
      const wanted = inOrder(fits, direction);
      const pages = Math.max(1, Math.ceil(wanted.length / SIZE));
      const last = await boss.get(`${path}?${query}&page_size=${SIZE}&page=last`);
      const ids = (last.body.results as readonly { readonly id: number }[]).map(({ id }) => id);
      expect(ids).toEqual(wanted.slice((pages - 1) * SIZE));
      const after = await boss.get(`${path}?${query}&page_size=${SIZE}&page=${pages + 1}`);
      expect([after.status, after.body]).toEqual([404, { detail: 'Invalid page.' }]);
    }
  });

  it.each([
    ['/api/staff/tasks/', 2],
    ['/api/tasks/', 2],
    ['/api/staff/tasks/?status=completed', 3],
    ['/api/tasks/?type=laundry&page_size=5', 3],
    ['/api/staff/tasks/?status=canceled&type=lawn_pool', 2],
    ['/api/staff/tasks/?page_size=20&page=5', 3],
    ['/api/tasks/?page_size=20&page=2', 2],
  ])('%s costs %d requests, however many tasks there are', async (path, requests) => {
    expect(await requestsOf(cloud, () => boss.get(path))).toBe(requests);
  });

  it('shows no task under a status that it has left', async () => {
    const [first] = inOrder(({ status }) => status === 'pending', -1);
    const path = '/api/staff/tasks/?status=pending&page_size=1';
    expect((await boss.get(path)).body.results).toMatchObject([{ id: first }]);
    await boss.call('PATCH', `/api/staff/tasks/${first}/`, { body: { status: 'in-progress' } });
    expect((await boss.get(path)).body.results).not.toMatchObject([{ id: first }]);
    await boss.call('PATCH', `/api/staff/tasks/${first}/`, { body: { status: 'pending' } });
    expect((await boss.get(path)).body.results).toMatchObject([{ id: first }]);
  });
});

describe('a list with other filters', () => {
  it.each([
    ['priority=urgent', ({ priority }: Task) => priority === 'urgent'],
    [
      'priority=urgent&status=pending,completed',
      ({ priority, status }: Task) => {
        return priority === 'urgent' && (status === 'pending' || status === 'completed');
      },
    ],
    [
      'assigned_to=unassigned&type=laundry',
      ({ assigned_to, task_type }: Task) => {
        return assigned_to === null && task_type === 'laundry';
      },
    ],
    ['priority=urgent&status=,', ({ priority }: Task) => priority === 'urgent'],
    [
      `priority=urgent&status=${'pending,Pending,'.repeat(200)}`,
      ({ priority, status }: Task) => {
        return priority === 'urgent' && status === 'pending';
      },
    ],
    ['property=7', ({ property_id }: Task) => property_id === 7],
    ['booking=3', ({ booking_id }: Task) => booking_id === 3],
    ['property=8&booking=3', () => false],
    [
      `property=7&due_date__lte=${LONG_AGO}`,
      ({ property_id, due_date }: Task) => {
        return property_id === 7 && due_date !== null && due_date <= LONG_AGO;
      },
    ],
  ] as const)('has those of "%s"', async (query, fits) => {
    const wanted = inOrder(fits, -1);
    expect(await idsOfPages('/api/staff/tasks/', query, wanted.length)).toEqual(wanted);
  });
});

describe('GET /api/tasks/count-by-status/', () => {
  /** As the tasks say, one by one. */
  function counted(fits: Fits) {
    const found = tasks.filter(fits);
    const of = (status: Task['status']) => found.filter((task) => task.status === status).length;
    const present = TASK_STATUSES.filter((status) => of(status) > 0);
    return {
      total: found.length,
      by_status: Object.fromEntries(present.map((status) => [status, of(status)])),
      overdue: found.filter((task) => isOverdue(task, NOW)).length,
      pending: of('pending'),
      in_progress: of('in-progress'),
      completed: of('completed'),
    };
  }

  it('counts what fits, whether the counts kept tell or the tasks have to be looked at', async () => {
    expect(counted(() => true).overdue).toBeGreaterThan(5);
    const others: typeof FILTERS = [
      ['priority=urgent', ({ priority }) => priority === 'urgent'],
      ['overdue=true', (task) => isOverdue(task, NOW)],
      [`due_date__lte=${LONG_AGO}`, ({ due_date }) => due_date !== null && due_date <= LONG_AGO],
    ];
    for (const [query, fits] of [...FILTERS, ...others]) {
      expect([query, (await boss.get(`/api/tasks/count-by-status/?${query}`)).body]).toEqual([query, counted(fits)]);
    }
  });

  it('counts for a member what the member sees', async () => {
    const crew = await signedIn({ role: 'member', task_group: 'laundry', can_view_team_tasks: true });
    for (const [query, fits] of FILTERS) {
      const seen: Fits = (task) => task.task_type === 'laundry' && fits(task);
      expect([query, (await crew.get(`/api/tasks/count-by-status/?${query}`)).body]).toEqual([query, counted(seen)]);
    }
    const alone = await signedIn({ role: 'member' });
    expect((await alone.get('/api/tasks/count-by-status/')).body).toEqual(counted(() => false));
  });

  it('reads no task where the counts kept tell', async () => {
    expect(await requestsOf(cloud, () => boss.get('/api/tasks/count-by-status/?status=pending'))).toBe(2);
  });
});

it('has tasks of every type and status to list', () => {
  const kinds = new Set(tasks.map(({ task_type, status }) => `${task_type} ${status}`));
  expect(kinds.size).toBe(TASK_TYPES.length * TASK_STATUSES.length - 1);
});
