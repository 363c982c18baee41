import type { Tenant } from '../world.ts';
import { type Finding, type Invariant, ofEveryTenant, type Quiet } from './invariant.ts';
import { type LoggedEvent, wholeLog } from './whole-log.ts';

/** The log tells of each booking once, and of a task every move from where the one before had led. */
export const eventsTellChanges: Invariant = {
  name: 'events tell each change once',
  check: (world) => ofEveryTenant(world, (tenant) => ofTenant(world, tenant)),
};

async function ofTenant(world: Quiet, tenant: Tenant): Promise<Finding> {
  const client = await world.signIn(tenant);
  const log = await wholeLog(client);
  const made = [tenant.property, tenant.importProperty].map((home) =>
    client.listAll(`/api/bookings/?property=${home}`),
  );
  const bookings = (await Promise.all(made)).flat();
  const tasks = await client.listAll('/api/tasks/');
  const lines = [...creationsOf(log, bookings), ...movesOf(log, tasks)];
  return { checked: log.length, breaches: lines.map((line) => `company ${tenant.at}: ${line}`) };
}

type Row = Readonly<Record<string, unknown>>;

function creationsOf(log: readonly LoggedEvent[], bookings: readonly Row[]): readonly string[] {
  const told = new Map<unknown, number>();
  for (const { type, data } of log) {
    if (type === 'booking.created') told.set(data.booking?.id, (told.get(data.booking?.id) ?? 0) + 1);
  }
  const twice = [...told]
    .filter(([, times]) => times > 1)
    .map(([id, times]) => `booking ${id} was told ${times} times`);
  const never = bookings.filter(({ id }) => !told.has(id)).map(({ id }) => `booking ${id} was never told`);
  return [...twice, ...never];
}

function movesOf(log: readonly LoggedEvent[], tasks: readonly Row[]): readonly string[] {
  const statuses = new Map<unknown, unknown>();
  const breaches: string[] = [];
  for (const { number, type, data } of log) {
    if (type !== 'task.status_changed') continue;
    const { task, previous_status: from, new_status: to } = data;
    const stood = statuses.get(task?.id) ?? from;
    if (stood !== from) breaches.push(`event ${number} moves task ${task?.id} from ${from}, which was ${stood}`);
    statuses.set(task?.id, to);
  }
  const untold = tasks.filter(({ id, status }) => status !== (statuses.get(id) ?? status));
  return [...breaches, ...untold.map(({ id, status }) => `task ${id} is ${status}, which no event tells`)];
}
