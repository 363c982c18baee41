import type { InstantBounds } from './task.keys.ts';
import type { TaskRepository } from './task.repository.ts';
import type { ListedTask, StoredTask } from './task.ts';
import { maySeeTask, seesAllTasks, type TaskViewer } from './task-access.ts';
import { fits, type TaskFilter } from './task-filter.ts';

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
    person === undefined
      ? await tasks.listListed({ ...filter, due: dueBounds(filter, now) })
      : await tasks.listOfPerson(person);
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
