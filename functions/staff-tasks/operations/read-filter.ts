import type { InstantBounds } from '../../../shared/domain/task/task.keys.ts';
import type { TaskFilter } from '../../../shared/domain/task/task-filter.ts';
import type { Timestamp } from '../../../shared/platform/calendar/timestamp.ts';
import type { CountQuery } from '../schemas.ts';
import { readingInstants } from './read-edit.ts';
import type { TaskDeps } from './task-deps.ts';

/** The filter that a query means, the search for texts apart. */
export async function readFilter(deps: TaskDeps, query: CountQuery): Promise<TaskFilter> {
  const bounds = [
    [query.due_date__gte, query.due_date__lte],
    [query.created_at__gte, query.created_at__lte],
    [query.modified_at__gte, query.modified_at__lte],
  ] as const;
  const instant = await readingInstants(deps, bounds.flat());
  const [due, created, modified] = bounds.map(([gte, lte]) => boundsOf(instant, gte, lte));
  return {
    statuses: query.status,
    taskType: query.task_type ?? query.type,
    priority: query.priority,
    assignedTo: assigneeOf(deps, query.assigned_to),
    propertyId: query.property ?? query.property_ref ?? query.property_id,
    bookingId: query.booking,
    overdue: query.overdue,
    createdBy: query.created_by,
    modifiedBy: query.modified_by,
    due: due ?? {},
    created: created ?? {},
    modified: modified ?? {},
  };
}

function boundsOf(
  instant: (timestamp: Timestamp) => string,
  gte: Timestamp | undefined,
  lte: Timestamp | undefined,
): InstantBounds {
  return { gte: gte && instant(gte), lte: lte && instant(lte) };
}

function assigneeOf({ actor }: TaskDeps, asked: CountQuery['assigned_to']): number | null | undefined {
  if (asked === 'unassigned') return null;
  return asked === 'me' ? actor.number : asked;
}
