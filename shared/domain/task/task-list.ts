import type { InstantBounds } from './task.keys.ts';
import type { TaskRepository } from './task.repository.ts';
import { isOverdue, type ListedTask, type StoredTask, type Task } from './task.ts';
import { maySeeTask, seesAllTasks, type TaskViewer } from './task-access.ts';
import { type CountedFilter, fitsCounted } from './task-counts.ts';

/** What a list of tasks leaves (S6); what is absent filters nothing. */
export interface TaskFilter extends CountedFilter {
  readonly priority?: Task['priority'] | undefined;
  /** The integer of a person; null for nobody. */
  readonly assignedTo?: number | null | undefined;
  readonly propertyId?: number | undefined;
  readonly bookingId?: number | undefined;
  readonly overdue?: boolean | undefined;
  readonly createdBy?: number | undefined;
  readonly modifiedBy?: number | undefined;
  readonly due: InstantBounds;
  readonly created: InstantBounds;
  readonly modified: InstantBounds;
}

/** A filter as one of what the counts tell apart; undefined where it asks for more than they know. */
export function countedFilter(filter: TaskFilter): CountedFilter | undefined {
  const { due, created, modified, statuses, taskType, ...others } = filter;
  const bounds = [due, created, modified].flatMap(({ gte, lte }) => [gte, lte]);
  return [...Object.values(others), ...bounds].every(isAbsent) ? { statuses, taskType } : undefined;
}

export function isWhole(filter: CountedFilter): boolean {
  return Object.values(filter).every(isAbsent);
}

function isAbsent(value: unknown): boolean {
  return value === undefined;
}

/**
 * The tasks that fit and that the viewer may see, in no order and their texts sealed. What concerns one person is one
 * range of that person's; anything else reads the company's tasks.
 * @param now UTC, whole seconds
 */
export async function listFitting(
  tasks: Pick<TaskRepository, 'listAll' | 'listOfPerson'>,
  viewer: TaskViewer,
  filter: TaskFilter,
  now: string,
): Promise<readonly StoredTask[]> {
  const person = personOf(viewer, filter);
  const read = person === undefined ? await tasks.listAll() : await tasks.listOfPerson(person);
  return read.filter((task) => maySeeTask(viewer, task) && fits(task, filter, now));
}

/** As {@link listFitting}, with no more of each task than lists look at. */
export async function listFittingOutlines(
  tasks: Pick<TaskRepository, 'listListed' | 'listOfPerson'>,
  viewer: TaskViewer,
  filter: TaskFilter,
  now: string,
): Promise<readonly ListedTask[]> {
  const person = personOf(viewer, filter);
  const read: readonly ListedTask[] =
    person === undefined ? await tasks.listListed(dueBounds(filter, now)) : await tasks.listOfPerson(person);
  return read.filter((task) => maySeeTask(viewer, task) && fits(task, filter, now));
}

/** Between which instants everything that fits is due. */
function dueBounds({ due, overdue }: TaskFilter, now: string): InstantBounds {
  if (overdue !== true) return due;
  return { ...due, lte: due.lte === undefined || due.lte > now ? now : due.lte };
}

/** The one person whose tasks hold all that fit: they are read whole, each being a row of the person's own. */
export function personOf(viewer: TaskViewer, { assignedTo, createdBy }: TaskFilter): number | undefined {
  if (typeof assignedTo === 'number') return assignedTo;
  if (createdBy !== undefined) return createdBy;
  return seesAllTasks(viewer) || viewer.can_view_team_tasks ? undefined : viewer.number;
}

function fits(task: ListedTask, filter: TaskFilter, now: string): boolean {
  return (
    fitsCounted(filter, task) &&
    same(filter.priority, task.priority) &&
    same(filter.assignedTo, task.assigned_to) &&
    same(filter.propertyId, task.property_id) &&
    same(filter.bookingId, task.booking_id) &&
    same(filter.createdBy, task.created_by) &&
    same(filter.modifiedBy, task.modified_by) &&
    same(filter.overdue, isOverdue(task, now)) &&
    within(filter.due, task.due_date) &&
    within(filter.created, task.created_at) &&
    within(filter.modified, task.updated_at)
  );
}

function same<T>(wanted: T | undefined, value: T): boolean {
  return wanted === undefined || wanted === value;
}

function within({ gte, lte }: InstantBounds, instant: string | null): boolean {
  if (gte === undefined && lte === undefined) return true;
  return instant !== null && (gte === undefined || instant >= gte) && (lte === undefined || instant <= lte);
}
