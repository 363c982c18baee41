import type { Tenant } from '../world.ts';
import { type Finding, type Invariant, ofEveryTenant, type Quiet } from './invariant.ts';

/** Every check-out has one live cleaning task, or a reason for none (decision 13). */
export const turnovers: Invariant = {
  name: 'one turnover for each check-out',
  check: (world) => ofEveryTenant(world, (tenant) => ofTenant(world, tenant)),
};

async function ofTenant(world: Quiet, tenant: Tenant): Promise<Finding> {
  const client = await world.signIn(tenant);
  const bookings = await client.listAll('/api/bookings/');
  const gaps = await client.get('/api/staff/turnovers/gaps/');
  const found = (gaps?.body.results ?? [gaps?.text]) as readonly unknown[];
  const breaches = found.map((gap) => `company ${tenant.at}: ${JSON.stringify(gap)}`);
  const tasks = new Map<unknown, number>();
  for (const task of await client.listAll('/api/tasks/')) {
    const { booking, status } = task;
    if (booking !== null && booking !== undefined && status !== 'canceled')
      tasks.set(booking, (tasks.get(booking) ?? 0) + 1);
  }
  for (const [booking, count] of tasks) {
    if (count > 1) breaches.push(`booking ${booking} of company ${tenant.at} has ${count} tasks`);
  }
  return { checked: bookings.length, breaches };
}
