import { TaskRepository } from '../../shared/domain/task/task.repository.ts';
import { createTask, TASK_TYPES } from '../../shared/domain/task/task.ts';
import { tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { nextNumbers } from '../../shared/platform/dynamo/counter.ts';
import { PASSWORD } from '../support/given.ts';
import { GivenBookings } from '../support/given-bookings.ts';
import { requestsOf } from '../support/requests-of.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';
import type { Bench } from './figure.ts';
import { loadOf } from './list-load.ts';

const TASKS = 10_000;
/** Tasks in one transaction: five rows each, and the counts. */
const AT_ONCE = 15;
const PROPERTIES = 40;
const FIRST_DAY = Date.UTC(2026, 0, 1);
const HOUR_MS = 3_600_000;
const STAMP = '2026-05-01T10:00:00Z';

/** Lists of one company's 10,000 tasks at 10 connections; the cloud runs here, the load comes from another process. */
export const tasksBench: Bench = {
  topic: 'tasks',
  async measure() {
    const { requests, first, earliest, whole, own, filtered } = await measureLists();
    return [
      { name: '10,000 tasks, a page', value: requests, unit: 'requests', target: '<= 2' },
      { name: '10,000 tasks, the first page, p99', value: first.p99Ms, unit: 'ms', target: '<= 60' },
      { name: '10,000 tasks, the first page', value: first.requestsPerSecond, unit: 'req/s' },
      { name: '10,000 tasks, pages 1 to 5, p99', value: whole.p99Ms, unit: 'ms', target: '<= 60' },
      { name: '10,000 tasks, pages 1 to 5', value: whole.requestsPerSecond, unit: 'req/s' },
      { name: '10,000 tasks, the first due first, p99', value: earliest.p99Ms, unit: 'ms', target: '<= 60' },
      { name: '10,000 tasks by status, p99', value: filtered.p99Ms, unit: 'ms' },
      { name: '10,000 tasks, a member with 100, p99', value: own.p99Ms, unit: 'ms' },
      {
        name: '10,000 tasks, not answered 200',
        value: [first, earliest, whole, own, filtered].reduce((sum, { failed }) => sum + failed, 0),
        unit: 'calls',
        target: '0',
      },
    ];
  },
};

async function measureLists() {
  const cloud = await startTestCloud({ clock: '2026-06-01T10:00:00Z' });
  try {
    const company = await cloud.given.aCompany();
    const { email, number } = await cloud.given.aUser(company);
    const member = await cloud.given.aUser(company, { role: 'member' });
    await tenThousandTasks(cloud, company.id, { boss: number, member: member.number });
    const client = await cloud.client.signIn(email, PASSWORD);
    const crew = await cloud.client.signIn(member.email, PASSWORD);
    const requests = await requestsOf(cloud, async () => {
      const { body } = await client.get('/api/staff/tasks/');
      if (Number(body.count) !== TASKS) throw new Error('There are not ten thousand tasks');
    });
    const pages = [1, 2, 3, 4, 5].map((page) => `/api/staff/tasks/?page=${page}`);
    const load = (token: string | undefined, paths: readonly string[]) =>
      loadOf({ address: cloud.cloud.address, token: token ?? '', paths });
    return {
      requests,
      first: await load(client.token, ['/api/staff/tasks/']),
      earliest: await load(client.token, ['/api/tasks/']),
      whole: await load(client.token, pages),
      own: await load(crew.token, ['/api/staff/tasks/']),
      filtered: await load(client.token, ['/api/staff/tasks/?status=completed']),
    };
  } finally {
    await cloud.close();
  }
}

/** Every hundredth is the member's; one a quarter of an hour. */
async function tenThousandTasks(
  cloud: TestCloud,
  companyId: string,
  people: { readonly boss: number; readonly member: number },
): Promise<void> {
  const given = new GivenBookings(cloud, companyId);
  const homes = await Promise.all(Array.from({ length: PROPERTIES }, () => given.aProperty()));
  const { scope } = given;
  const keys = tenantKeys('alias/stay-ops-local', { now: () => cloud.cloud.now() });
  const tasks = new TaskRepository({ scope, guestKey: () => keys.dataKey(scope, 'guest-data') });
  const first = await nextNumbers(scope, 'task', TASKS);
  for (let done = 0; done < TASKS; done += AT_ONCE) {
    const changes = Array.from({ length: Math.min(AT_ONCE, TASKS - done) }, (_, at) => {
      const nth = done + at;
      const task = createTask({
        id: first + nth,
        title: `Turnover clean ${nth}`,
        description: 'Full clean after check-out: beds, bath, kitchen, windows, terrace.',
        task_type: TASK_TYPES[nth % TASK_TYPES.length] ?? 'cleaning',
        status: nth % 4 === 0 ? 'completed' : 'pending',
        property_id: homes[nth % PROPERTIES]?.id ?? null,
        assigned_to: nth % 100 === 0 ? people.member : null,
        due_date: `${new Date(FIRST_DAY + (nth * HOUR_MS) / 4).toISOString().slice(0, 19)}Z`,
        created_at: STAMP,
        updated_at: STAMP,
        created_by: people.boss,
        modified_by: people.boss,
      });
      return { task };
    });
    const guarded = await tasks.writesOf(changes, { at: STAMP, username: 'boss' });
    await scope.table.transact(guarded.map(({ write }) => write));
  }
}
