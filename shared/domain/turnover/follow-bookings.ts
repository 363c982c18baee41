import { toUtcIso } from '../../platform/clock/clock.ts';
import type { Write } from '../../platform/dynamo/table.ts';
import type { Booking } from '../booking/booking.ts';
import type { BookingChange, Following } from '../booking/booking-writes.ts';
import type { ChecklistTemplate } from '../checklist/checklist.ts';
import { liveUnits, type Property } from '../property/property.ts';
import { savingWrites, type TaskSavingDeps } from '../task/save-tasks.ts';
import { moved } from '../task/status-log.ts';
import { createTask, type Task } from '../task/task.ts';
import { withTemplateOfType } from '../task/task-checklist.ts';
import type { TaskChange } from '../task/task-writes.ts';
import { planTurnover, type TurnoverPlan } from './plan-turnover.ts';
import { goneBecause, isUpToDate, type Turnover } from './turnover.ts';

const TITLE = 'Turnover clean';
const DESCRIPTION = 'Full clean after check-out';

export interface FollowingDeps extends TaskSavingDeps {
  readonly now: Date;
  readonly turnovers: {
    findMany(bookingIds: readonly number[]): Promise<readonly Turnover[]>;
    saving(next: Omit<Turnover, 'version'>, seen: Turnover | undefined): Write;
  };
  readonly tasks: TaskSavingDeps['tasks'] & { findMany(ids: readonly number[]): Promise<readonly Task[]> };
  readonly templates: { list(): Promise<readonly ChecklistTemplate[]> };
  /** Takes consecutive numbers of tasks and answers the first. */
  readonly nextTaskIds: (count: number) => Promise<number>;
}

/** A check-out whose turnover changes with its booking. */
interface Planned extends TurnoverPlan {
  readonly booking: Booking;
  readonly seen: Turnover | undefined;
  readonly task: Task | undefined;
}

/**
 * What turnovers make of changes of bookings, for the transaction of these (decision 12): their rows, their tasks and
 * all that follows from those. Refused when a task or a turnover has changed since it was read here.
 */
export function followingTurnovers(deps: FollowingDeps) {
  return async (changes: readonly BookingChange[], properties: readonly Property[]): Promise<Following> => {
    const planned = await withNumbers(deps, await plansFor(deps, changes.filter(concernsCheckOut)));
    const templates = planned.some(isMade) ? await deps.templates.list() : [];
    const tasks = planned.flatMap((plan) => {
      const change = taskChange(plan, { now: deps.now, properties });
      if (change === undefined) return [];
      return [isMade(plan) ? withTemplateOfType(change, templates) : change];
    });
    const rows = planned
      .filter(({ seen, next }) => seen === undefined || !isSame(seen, next))
      .map(({ seen, next }) => deps.turnovers.saving(next, seen));
    if (tasks.length === 0) return { writes: rows, events: [] };
    const { guarded, events } = await savingWrites(deps, tasks, { author: null, now: deps.now });
    return { writes: [...rows, ...guarded.map(({ write }) => write)], events };
  };
}

function isMade({ step }: TurnoverPlan): boolean {
  return step === 'make';
}

/** The plans with the numbers of the tasks that they make. */
async function withNumbers({ nextTaskIds }: FollowingDeps, planned: readonly Planned[]): Promise<readonly Planned[]> {
  const made = planned.filter(isMade);
  if (made.length === 0) return planned;
  const first = await nextTaskIds(made.length);
  return planned.map((plan) =>
    isMade(plan) ? { ...plan, next: { ...plan.next, task_id: first + made.indexOf(plan) } } : plan,
  );
}

/** Whether a change means anything to who leaves when and where. */
function concernsCheckOut(change: BookingChange): boolean {
  if (change.kind === 'create') return true;
  const { seen, booking } = change;
  return !isUpToDate(seen, booking) || goneBecause(seen) !== goneBecause(booking);
}

async function plansFor(deps: FollowingDeps, changes: readonly BookingChange[]): Promise<readonly Planned[]> {
  // A new booking has a new number: nothing can be there of it.
  const known = changes.flatMap(({ kind, booking }) => (kind === 'create' ? [] : [booking.id]));
  const turnovers = new Map((await deps.turnovers.findMany(known)).map((row) => [row.booking_id, row]));
  const ids = [...turnovers.values()].flatMap(({ task_id }) => task_id ?? []);
  const tasks = new Map((await deps.tasks.findMany(ids)).map((task) => [task.id, task]));
  return changes.map(({ booking }) => {
    const seen = turnovers.get(booking.id);
    const task = tasks.get(seen?.task_id ?? 0);
    return { booking, seen, task, ...planTurnover({ booking, seen, task, now: toUtcIso(deps.now) }) };
  });
}

/** What becomes of the task; undefined where it stays as it is. */
function taskChange(
  { booking, task: seen, next: { task_id }, step }: Planned,
  { now, properties }: { readonly now: Date; readonly properties: readonly Property[] },
): TaskChange | undefined {
  if (step === undefined || task_id === null) return undefined;
  const { property_id, check_out_date: due_date } = booking;
  const title = titleOf(booking, properties);
  const at = toUtcIso(now);
  const stamps = { updated_at: at, modified_by: null };
  if (seen === undefined) {
    const facts = { id: task_id, title, description: DESCRIPTION, property_id, booking_id: booking.id, due_date };
    return { task: createTask({ ...facts, ...stamps, created_at: at, created_by: null }) };
  }
  if (step === 'withdraw') return { seen, task: { ...seen, ...stamps, ...moved(seen, 'canceled', now) } };
  // A title that a person gave stays.
  const place = { property_id, due_date, title: seen.title.startsWith(TITLE) ? title : seen.title };
  const status = step === 'restore' ? moved(seen, 'pending', now) : {};
  return { seen, task: { ...seen, ...stamps, ...place, ...status } };
}

/** The unit is named where the property has several. */
function titleOf({ property_id, unit_id }: Booking, properties: readonly Property[]): string {
  const property = properties.find(({ id }) => id === property_id);
  const unit = property?.units.find(({ id }) => id === unit_id);
  if (property === undefined || unit === undefined || liveUnits(property).length < 2) return TITLE;
  return `${TITLE}: ${unit.unit_number}`.slice(0, 200);
}

function isSame({ version: _, ...seen }: Turnover, next: Omit<Turnover, 'version'>): boolean {
  return (Object.keys(next) as (keyof typeof next)[]).every((field) => seen[field] === next[field]);
}
