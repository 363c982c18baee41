import type { Tenant } from '../world.ts';
import { type Finding, type Invariant, ofEveryTenant, type Quiet } from './invariant.ts';

interface Notice {
  readonly verb: string;
  readonly message: string;
  readonly task: number | null;
}

/** Each late arrival of an acknowledged drop is told to each admin and manager, once; each task's assignment once. */
export const notificationsOnce: Invariant = {
  name: 'notifications exactly once',
  check: (world) => ofEveryTenant(world, (tenant) => ofTenant(world, tenant)),
};

async function ofTenant(world: Quiet, tenant: Tenant): Promise<Finding> {
  const breaches: string[] = [];
  const late = world.ledger.entries('late').filter((entry) => entry.tenant === tenant.at);
  for (const person of [tenant.admin, tenant.manager, tenant.member]) {
    const client = await world.signIn(tenant, person);
    const told = (await client.listAll('/api/notifications/')) as unknown as readonly Notice[];
    for (const { marker, isCertain } of late) {
      const times = told.filter(({ message }) => message.includes(`${marker} `)).length;
      const least = isCertain && person.role !== 'member' ? 1 : 0;
      const most = person.role === 'member' ? 0 : 1;
      if (times < least || times > most) {
        breaches.push(`${marker} was told ${times} times to the ${person.role} of company ${tenant.at}`);
      }
    }
    breaches.push(...twice(told).map((line) => `${line} for the ${person.role} of company ${tenant.at}`));
  }
  return { checked: late.length * 3, breaches };
}

/** A task is assigned once, when it is made. */
function twice(told: readonly Notice[]): readonly string[] {
  const times = new Map<number, number>();
  for (const { verb, task } of told) {
    if (verb === 'assigned' && task !== null) times.set(task, (times.get(task) ?? 0) + 1);
  }
  return [...times].filter(([, count]) => count > 1).map(([task, count]) => `task ${task} was assigned ${count} times`);
}
