import { isDeepStrictEqual } from 'node:util';
import { toUtcIso } from '../../platform/clock/clock.ts';
import { once } from '../../platform/concurrency/once.ts';
import type { Write } from '../../platform/dynamo/table.ts';
import type { AutoTaskTemplate } from '../auto-task/auto-task-template.ts';
import type { BookingChange, Following } from '../booking/booking-writes.ts';
import type { ChecklistTemplate } from '../checklist/checklist.ts';
import type { User } from '../identity/user.ts';
import type { Property } from '../property/property.ts';
import { savingWrites, type TaskSavingDeps } from '../task/save-tasks.ts';
import type { Task } from '../task/task.ts';
import { withTemplateOfType } from '../task/task-checklist.ts';
import { followedChange, makesOf } from './following-tasks.ts';
import {
  concernsTasks,
  type FollowingFacts,
  type PlannedBooking,
  planFollowing,
  planMissing,
} from './plan-following.ts';
import type { Turnover } from './turnover.ts';

/** Tasks that one request brings. */
const AT_ONCE = 100;

export interface FollowingDeps extends TaskSavingDeps {
  readonly now: Date;
  readonly turnovers: {
    findMany(bookingIds: readonly number[]): Promise<readonly Turnover[]>;
    saving(next: Omit<Turnover, 'version'>, seen: Turnover | undefined): Write;
  };
  readonly tasks: TaskSavingDeps['tasks'] & { findMany(ids: readonly number[]): Promise<readonly Task[]> };
  readonly checklists: { list(): Promise<readonly ChecklistTemplate[]> };
  readonly autoTasks: { list(): Promise<readonly AutoTaskTemplate[]> };
  readonly companyZone: () => Promise<string>;
  /** Takes consecutive numbers of tasks and answers the first. */
  readonly nextTaskIds: (count: number) => Promise<number>;
}

/**
 * What follows from changes of bookings for their tasks, for the transaction of these (decision 13): turnovers, tasks
 * of automatic templates, the rows that name both, and all that follows from tasks. Refused when a task or a row has
 * changed since it was read here.
 */
export function followingTasks(deps: FollowingDeps) {
  return async (changes: readonly BookingChange[], properties: readonly Property[]): Promise<Following> => {
    const concerned = changes.filter(concernsTasks);
    const isAsking = concerned.some(({ kind }) => kind === 'create');
    const facts = await factsOf(deps, concerned, { properties, isAsking });
    return following(
      deps,
      facts,
      concerned.map((change) => planFollowing(change, facts)),
    );
  };
}

/** What bookings have not got that stood before there were turnovers, or before a template: as they stand now. */
export function missingTasks(deps: FollowingDeps) {
  return async (changes: readonly BookingChange[], properties: readonly Property[]): Promise<Following> => {
    const facts = await factsOf(deps, changes, { properties, isAsking: true });
    return following(
      deps,
      facts,
      changes.flatMap((change) => planMissing(change, facts) ?? []),
    );
  };
}

async function factsOf(
  deps: FollowingDeps,
  changes: readonly BookingChange[],
  { properties, isAsking }: { readonly properties: readonly Property[]; readonly isAsking: boolean },
): Promise<FollowingFacts> {
  // A new booking has a new number: nothing can be there of it.
  const known = changes.flatMap(({ kind, booking }) => (kind === 'create' ? [] : [booking.id]));
  const [rows, asked] = await Promise.all([deps.turnovers.findMany(known), isAsking ? deps.autoTasks.list() : []]);
  const isFollowed = rows.length < known.length || rows.some((row) => !row.templates_asked || hasTemplateTasks(row));
  const templates = isFollowed && !isAsking ? await deps.autoTasks.list() : asked;
  const needsZone =
    (templates.length > 0 || rows.some(hasTemplateTasks)) && properties.some(({ timezone }) => timezone === null);
  const [tasks, companyZone] = await Promise.all([tasksOf(deps, rows), needsZone ? deps.companyZone() : 'UTC']);
  return {
    turnovers: new Map(rows.map((row) => [row.booking_id, row])),
    tasks: new Map(tasks.map((task) => [task.id, task])),
    ...{ templates, properties, companyZone },
    now: toUtcIso(deps.now),
  };
}

function hasTemplateTasks({ template_tasks }: Turnover): boolean {
  return template_tasks.length > 0;
}

async function tasksOf({ tasks }: FollowingDeps, rows: readonly Turnover[]): Promise<readonly Task[]> {
  const ids = rows.flatMap(({ task_id, template_tasks }) => [
    ...(task_id === null ? [] : [task_id]),
    ...template_tasks.map((entry) => entry.task_id),
  ]);
  const found: Task[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    found.push(...(await tasks.findMany(ids.slice(from, from + AT_ONCE))));
  }
  return found;
}

async function following(
  deps: FollowingDeps,
  facts: FollowingFacts,
  planned: readonly PlannedBooking[],
): Promise<Following> {
  const made = planned.reduce((sum, plan) => sum + makesOf(plan), 0);
  const people = once(() => deps.people.list());
  const [first, checklists, assignable] = await Promise.all([
    made === 0 ? 0 : deps.nextTaskIds(made),
    made === 0 ? [] : deps.checklists.list(),
    asksForPeople(planned) ? people() : [],
  ]);
  let next = first;
  const making = { ...facts, instant: deps.now, assignable: activeOf(assignable), nextId: () => next++ };
  const followed = planned.map((plan) => ({ plan, ...followedChange(plan, making) }));
  const rows = followed
    .filter(({ plan, row }) => plan.seen === undefined || !isSame(plan.seen, row))
    .map(({ plan, row }) => deps.turnovers.saving(row, plan.seen));
  const tasks = followed
    .flatMap((each) => each.tasks)
    .map((change) => (change.seen === undefined ? withTemplateOfType(change, checklists) : change));
  if (tasks.length === 0) return { writes: rows, events: [], tasksMade: 0 };
  const saving = { ...deps, people: { list: people } };
  const { guarded, events } = await savingWrites(saving, tasks, { author: null, now: deps.now });
  return { writes: [...rows, ...guarded.map(({ write }) => write)], events, tasksMade: made };
}

function asksForPeople(planned: readonly PlannedBooking[]): boolean {
  const templates = planned.flatMap(({ templateTasks }) => templateTasks.filter(({ step }) => step === 'make'));
  return templates.some(({ template }) => template?.default_assignee != null);
}

function activeOf(people: readonly User[]): ReadonlySet<number> {
  return new Set(people.filter(({ activo }) => activo).map(({ number }) => number));
}

function isSame({ version: _, ...seen }: Turnover, next: Omit<Turnover, 'version'>): boolean {
  return isDeepStrictEqual(seen, next);
}
