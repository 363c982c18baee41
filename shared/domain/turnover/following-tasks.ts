import { toUtcIso } from '../../platform/clock/clock.ts';
import { type AutoTaskTemplate, type PlaceholderFacts, textsOf } from '../auto-task/auto-task-template.ts';
import type { Booking } from '../booking/booking.ts';
import { liveUnits, type Property } from '../property/property.ts';
import { moved } from '../task/status-log.ts';
import { createTask, isOpen, type Task } from '../task/task.ts';
import type { TaskChange } from '../task/task-writes.ts';
import { type FollowingFacts, type PlannedBooking, type PlannedTemplateTask, zoneAt } from './plan-following.ts';
import { holdOn, type TaskStep } from './plan-task.ts';
import type { Turnover } from './turnover.ts';

const TITLE = 'Turnover clean';
const DESCRIPTION = 'Full clean after check-out';

/** What tasks are made with. */
export interface MakingFacts extends FollowingFacts {
  /** Numbers of those who may be given a task. */
  readonly assignable: ReadonlySet<number>;
  readonly instant: Date;
  /** The number of the next task that is made. */
  readonly nextId: () => number;
}

/** What becomes of a booking's row and tasks. */
export interface FollowedBookingChange {
  readonly row: Omit<Turnover, 'version'>;
  readonly tasks: readonly TaskChange[];
}

/** How many tasks a plan makes. */
export function makesOf({ checkOut, templateTasks }: PlannedBooking): number {
  return [checkOut, ...templateTasks].filter(({ step }) => step === 'make').length;
}

/** The row and the tasks that a plan asks for. */
export function followedChange(plan: PlannedBooking, facts: MakingFacts): FollowedBookingChange {
  const turnover = turnoverTask(plan, facts);
  const made = plan.templateTasks.map((each) => ({ each, change: templateTaskChange(plan, each, facts) }));
  const template_tasks = made.map(({ each, change }) => ({
    ...{ template_id: each.template_id, task_id: each.entry?.task_id ?? change?.task.id ?? 0 },
    ...each.timing,
    ...{ due_date: each.due_date, withdrawn: each.withdrawn, flag: each.flag },
  }));
  const { next } = plan.checkOut;
  const task_id = next.task_id ?? turnover?.task.id ?? null;
  return {
    row: { ...next, task_id, templates_asked: plan.templatesAsked, template_tasks },
    tasks: [turnover, ...made.map(({ change }) => change)].flatMap((change) => change ?? []),
  };
}

function turnoverTask(
  { change: { booking }, checkOut: { step }, task: seen }: PlannedBooking,
  { now, instant, properties, nextId }: MakingFacts,
): TaskChange | undefined {
  const { property_id, check_out_date: due_date } = booking;
  const title = turnoverTitle(booking, properties);
  const stamps = { updated_at: now, modified_by: null };
  if (step === 'make') {
    const facts = { id: nextId(), title, description: DESCRIPTION, property_id, booking_id: booking.id, due_date };
    return { task: createTask({ ...facts, ...stamps, created_at: now, created_by: null }) };
  }
  if (step === undefined || seen === undefined) return undefined;
  // A title that a person gave stays.
  const place = { property_id, due_date, ...(seen.title.startsWith(TITLE) && { title }) };
  return stepped(seen, step, place, instant);
}

/** The unit is named where the property has several. */
function turnoverTitle({ property_id, unit_id }: Booking, properties: readonly Property[]): string {
  const property = properties.find(({ id }) => id === property_id);
  const unit = property?.units.find(({ id }) => id === unit_id);
  if (property === undefined || unit === undefined || liveUnits(property).length < 2) return TITLE;
  return `${TITLE}: ${unit.unit_number}`.slice(0, 200);
}

function templateTaskChange(
  plan: PlannedBooking,
  planned: PlannedTemplateTask,
  facts: MakingFacts,
): TaskChange | undefined {
  const { booking } = plan.change;
  const { step, task: seen, template, due_date } = planned;
  if (step === 'make') return template && { task: newTask(booking, template, due_date, facts) };
  if (seen === undefined) return undefined;
  const texts = template === undefined ? {} : textsAfter(plan, seen, template, facts);
  if (step !== undefined) {
    const place = { property_id: booking.property_id, ...(due_date !== null && { due_date }) };
    return stepped(seen, step, { ...place, ...texts }, facts.instant);
  }
  if (!isOpen(seen) || holdOn(seen) !== null || Object.keys(texts).length === 0) return undefined;
  return { seen, task: { ...seen, ...texts, updated_at: facts.now, modified_by: null } };
}

function newTask(booking: Booking, template: AutoTaskTemplate, due_date: string | null, facts: MakingFacts): Task {
  const { default_assignee: wanted, default_assignee_username } = template;
  const isAssigned = wanted !== null && facts.assignable.has(wanted);
  return createTask({
    id: facts.nextId(),
    ...textsOf(template, placeholders(booking, facts)),
    task_type: template.task_type,
    property_id: booking.property_id,
    booking_id: booking.id,
    due_date,
    created_by_template: template.id,
    assigned_to: isAssigned ? wanted : null,
    assigned_to_username: isAssigned ? default_assignee_username : null,
    created_at: facts.now,
    updated_at: facts.now,
    created_by: null,
    modified_by: null,
  });
}

/** Texts that say something else now; one that a person changed stays. */
function textsAfter(
  { change }: PlannedBooking,
  seen: Task,
  template: AutoTaskTemplate,
  facts: FollowingFacts,
): Partial<Pick<Task, 'title' | 'description'>> {
  if (change.kind === 'create') return {};
  const before = textsOf(template, placeholders(change.seen, facts));
  const after = textsOf(template, placeholders(change.booking, facts));
  return {
    ...(seen.title === before.title && before.title !== after.title && { title: after.title }),
    ...(seen.description === before.description &&
      before.description !== after.description && { description: after.description }),
  };
}

function placeholders(booking: Booking, facts: FollowingFacts): PlaceholderFacts {
  const propertyName = facts.properties.find(({ id }) => id === booking.property_id)?.name ?? '';
  return { booking, propertyName, zone: zoneAt(booking.property_id, facts) };
}

function stepped(
  seen: Task,
  step: Exclude<TaskStep, 'make'>,
  wanted: Partial<Pick<Task, 'property_id' | 'due_date' | 'title' | 'description'>>,
  now: Date,
): TaskChange {
  const stamps = { updated_at: toUtcIso(now), modified_by: null };
  if (step === 'withdraw') return { seen, task: { ...seen, ...stamps, ...moved(seen, 'canceled', now) } };
  const status = step === 'restore' ? moved(seen, 'pending', now) : {};
  return { seen, task: { ...seen, ...stamps, ...wanted, ...status } };
}
