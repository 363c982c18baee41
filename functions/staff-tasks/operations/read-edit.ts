import { DEFAULT_ZONE } from '../../../shared/domain/company/company.ts';
import { callerZone } from '../../../shared/domain/identity/caller-zone.ts';
import type { Task } from '../../../shared/domain/task/task.ts';
import { differing, type TaskEdit } from '../../../shared/domain/task/task-edit.ts';
import { instantIn, type Timestamp } from '../../../shared/platform/calendar/timestamp.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { ChangeBody } from '../schemas.ts';
import { invalidField, type TaskDeps } from './task-deps.ts';

/** Reads timestamps on the caller's clocks; people and company are looked up only where one has no offset. */
export async function readingInstants(
  deps: TaskDeps,
  timestamps: readonly (Timestamp | null | undefined)[],
): Promise<(timestamp: Timestamp) => string> {
  const local = timestamps.some((timestamp) => timestamp && timestamp.kind !== 'instant');
  const companyZone = local ? ((await deps.company.find())?.zona_horaria ?? DEFAULT_ZONE) : DEFAULT_ZONE;
  const zone = await callerZone(deps, timestamps, companyZone);
  return (timestamp) => toUtcIso(instantIn(timestamp, zone));
}

/** The edit that a body means; whether what it names exists is not looked at yet. */
export async function readEdit(deps: TaskDeps, body: ChangeBody): Promise<TaskEdit> {
  const { property, booking, due_date, depends_on, ...plain } = body;
  const instant = await readingInstants(deps, [due_date]);
  const given = {
    ...plain,
    property_id: property,
    booking_id: booking,
    due_date: due_date && instant(due_date),
    depends_on: depends_on && [...new Set(depends_on)].sort((a, b) => a - b),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/**
 * The edit with what follows from it: the assignee's user name, and the property of a booking.
 * @param seen the task before; for a new one, as it is without the edit
 * @throws AppError `invalid` for what the company has not
 */
export async function completedEdit(deps: TaskDeps, seen: Task, edit: TaskEdit): Promise<TaskEdit> {
  const fields = differing(seen, edit);
  const [assignee, place] = await Promise.all([
    fields.includes('assigned_to') ? assigneeOf(deps, edit.assigned_to ?? null) : undefined,
    fields.includes('property_id') || fields.includes('booking_id') ? placeOf(deps, seen, edit) : undefined,
    fields.includes('depends_on') ? checkDependencies(deps, seen.id, edit.depends_on ?? []) : undefined,
  ]);
  return { ...edit, ...place, ...(assignee !== undefined && { assigned_to_username: assignee.username }) };
}

async function assigneeOf({ users }: TaskDeps, number: number | null): Promise<{ username: string | null }> {
  if (number === null) return { username: null };
  const person = await users.findByNumber(number);
  if (person?.activo !== true) throw invalidField('assigned_to', 'There is no such active user.');
  return person;
}

/** A booking fills an empty property and has to be one of the property otherwise (`aristay.md` §3.5). */
async function placeOf(deps: TaskDeps, seen: Task, edit: TaskEdit): Promise<Pick<TaskEdit, 'property_id'>> {
  const { property_id = seen.property_id, booking_id = seen.booking_id } = edit;
  const [property, [booking]] = await Promise.all([
    property_id === null ? undefined : deps.properties.find(property_id),
    deps.bookings.findOutlines(booking_id === null ? [] : [booking_id]),
  ]);
  if (property_id !== null && property === undefined && property_id !== seen.property_id) {
    throw invalidField('property', 'There is no such property.');
  }
  if (booking_id === null) return { property_id };
  if (booking === undefined) {
    if (booking_id === seen.booking_id) return { property_id };
    throw invalidField('booking', 'There is no such booking.');
  }
  if (property_id !== null && booking.property_id !== property_id) {
    throw invalidField('booking', 'The booking is of another property.');
  }
  return { property_id: booking.property_id };
}

async function checkDependencies({ tasks }: TaskDeps, id: number, ids: readonly number[]): Promise<void> {
  if (ids.includes(id)) throw invalidField('depends_on', 'A task cannot depend on itself.');
  const known = new Set((await tasks.findMany(ids)).map((task) => task.id));
  const unknown = ids.find((wanted) => !known.has(wanted));
  if (unknown !== undefined) throw invalidField('depends_on', `There is no task ${unknown}.`);
}
