import {
  type AutoTaskTemplate,
  MOST_OF_A_BOOKING,
  type TaskTiming,
  templatesFor,
} from '../auto-task/auto-task-template.ts';
import type { BookingOutline } from '../booking/booking.ts';
import type { BookingChange } from '../booking/booking-writes.ts';
import { type Property, zoneOf } from '../property/property.ts';
import type { Task } from '../task/task.ts';
import { type BookingOfTemplates, planTemplateTask, type TemplateTaskPlan } from './plan-template-task.ts';
import { type CheckOut, planTurnover, type TurnoverPlan } from './plan-turnover.ts';
import { goneBecause, isUpToDate, type TemplateTask, type Turnover, taskNamed } from './turnover.ts';

/** What tasks that follow bookings are planned by. */
export interface FollowingFacts {
  /** By booking. */
  readonly turnovers: ReadonlyMap<number, Turnover>;
  /** Those that are there of the tasks that the rows name. */
  readonly tasks: ReadonlyMap<number, Task>;
  readonly templates: readonly AutoTaskTemplate[];
  /** Every property that a change touches. */
  readonly properties: readonly Property[];
  readonly companyZone: string;
  /** UTC, whole seconds. */
  readonly now: string;
}

/** A task that an automatic template made, or is to make. */
export interface PlannedTemplateTask extends TemplateTaskPlan {
  readonly template_id: number;
  readonly timing: TaskTiming;
  /** Undefined when it has been deleted since. */
  readonly template: AutoTaskTemplate | undefined;
  readonly task: Task | undefined;
  readonly entry: TemplateTask | undefined;
}

/** What a change of one booking makes of its tasks. */
export interface PlannedBooking {
  readonly change: BookingChange;
  readonly seen: Turnover | undefined;
  readonly checkOut: TurnoverPlan;
  /** The task of the check-out. */
  readonly task: Task | undefined;
  readonly templateTasks: readonly PlannedTemplateTask[];
  readonly templatesAsked: boolean;
}

/** Whether a change means anything to the tasks of a booking: who leaves and comes when and where, and what they say. */
export function concernsTasks(change: BookingChange): boolean {
  if (change.kind === 'create') return true;
  const { seen, booking } = change;
  return (
    !isUpToDate(seen, booking) ||
    goneBecause(seen) !== goneBecause(booking) ||
    seen.check_in_date !== booking.check_in_date ||
    seen.guest_name !== booking.guest_name ||
    seen.source !== booking.source ||
    seen.external_code !== booking.external_code
  );
}

/** What a change makes of the tasks of its booking. */
export function planFollowing(change: BookingChange, facts: FollowingFacts): PlannedBooking {
  const { booking } = change;
  const seen = facts.turnovers.get(booking.id);
  const task = taskNamed(facts.tasks, seen?.task_id, booking.id);
  const checkOut = planTurnover({ booking, seen, task, now: facts.now });
  const isFirst = seen?.templates_asked !== true && goneBecause(booking) === undefined;
  const known = (seen?.template_tasks ?? []).map((entry) => plannedEntry(change, seen, entry, facts));
  const added = isFirst ? newTemplateTasks(booking, seen, facts) : [];
  return {
    ...{ change, seen, checkOut, task },
    templateTasks: [...known, ...added],
    templatesAsked: isFirst || seen?.templates_asked === true,
  };
}

/** Whether a booking that stands has not got what {@link planMissing} makes. */
export function lacksTasks(booking: BookingOutline, facts: FollowingFacts): boolean {
  const live = { ...booking, deleted_at: null };
  if (goneBecause(live) !== undefined) return false;
  const seen = facts.turnovers.get(booking.id);
  return seen === undefined || newTemplateTasks(live, seen, facts).length > 0;
}

/**
 * What a booking that stands as it is has not got and should have: a turnover where it was never looked at, and tasks of
 * templates that have made none of it yet. What is there stays as it is.
 */
export function planMissing(change: BookingChange, facts: FollowingFacts): PlannedBooking | undefined {
  const { booking } = change;
  if (goneBecause(booking) !== undefined) return undefined;
  const seen = facts.turnovers.get(booking.id);
  const added = newTemplateTasks(booking, seen, facts);
  if (seen !== undefined && added.length === 0) return undefined;
  const known = (seen?.template_tasks ?? []).map((entry) => asItIs(entry, facts));
  const checkOut =
    seen === undefined ? planTurnover({ booking, seen, task: undefined, now: facts.now }) : { next: checkOutOf(seen) };
  return { change, seen, checkOut, task: undefined, templateTasks: [...known, ...added], templatesAsked: true };
}

function checkOutOf({ version: _, templates_asked: __, template_tasks: ___, ...checkOut }: Turnover): CheckOut {
  return checkOut;
}

function asItIs(entry: TemplateTask, { templates }: FollowingFacts): PlannedTemplateTask {
  const { template_id, due_date, withdrawn, flag } = entry;
  const template = templates.find(({ id }) => id === template_id);
  return { template_id, timing: timingOf(entry), template, task: undefined, entry, due_date, withdrawn, flag };
}

function plannedEntry(
  { booking }: BookingChange,
  row: Turnover | undefined,
  entry: TemplateTask,
  facts: FollowingFacts,
): PlannedTemplateTask {
  const task = taskNamed(facts.tasks, entry.task_id, booking.id);
  const timing = timingOf(entry);
  const zone = zoneAt(booking.property_id, facts);
  const seen = row && { row, entry };
  const plan = planTemplateTask({ booking, timing, zone, seen, task, now: facts.now });
  return { ...asItIs(entry, facts), task, ...plan };
}

/** Tasks of the templates that have made none of the booking, as many as it may have. */
function newTemplateTasks(
  booking: BookingOfTemplates & Pick<BookingOutline, 'source'>,
  seen: Turnover | undefined,
  facts: FollowingFacts,
): readonly PlannedTemplateTask[] {
  const known = seen?.template_tasks ?? [];
  const zone = zoneAt(booking.property_id, facts);
  const fitting = templatesFor(facts.templates, booking)
    .filter(({ id }) => known.every(({ template_id }) => template_id !== id))
    .slice(0, Math.max(0, MOST_OF_A_BOOKING - known.length));
  return fitting.flatMap((template): readonly PlannedTemplateTask[] => {
    const timing = timingOf(template);
    const plan = planTemplateTask({ booking, timing, zone, seen: undefined, task: undefined, now: facts.now });
    const planned = { template_id: template.id, timing, template, task: undefined, entry: undefined, ...plan };
    return plan.step === 'make' ? [planned] : [];
  });
}

function timingOf({ timing_type, timing_offset, timing_hour }: TaskTiming): TaskTiming {
  return { timing_type, timing_offset, timing_hour };
}

/** The zone of a property that a change touches. */
export function zoneAt(propertyId: number, { properties, companyZone }: FollowingFacts): string {
  const property = properties.find(({ id }) => id === propertyId);
  return property === undefined ? companyZone : zoneOf(property, companyZone);
}
