import type { DueTask } from './task.repository.ts';
import { isOverdue } from './task.ts';
import { maySeeTask, seesAllTasks, type TaskViewer } from './task-access.ts';
import { countsOf, type TaskCounts } from './task-counts.ts';
import { type CountedFilter, hasValues } from './task-filter.ts';

export interface CountSeenDeps {
  readonly counts: { seenBy(viewer: TaskViewer): Promise<TaskCounts> };
  readonly tasks: {
    countOverdue(now: string, filter: CountedFilter): Promise<number>;
    listDueBefore(now: string): Promise<readonly DueTask[]>;
  };
}

/** How many tasks there are of which type and status, and how many of them are overdue. */
export interface SeenCounts {
  readonly counts: TaskCounts;
  readonly overdue: number;
}

/**
 * How many of the tasks that a person sees fit: from the counts kept, but for those that time alone makes overdue.
 * @param now UTC, whole seconds
 */
export async function countSeen(
  deps: CountSeenDeps,
  viewer: TaskViewer,
  now: string,
  filter: CountedFilter = {},
): Promise<SeenCounts> {
  const [seen, overdue] = await Promise.all([
    deps.counts.seenBy(viewer),
    seesAllTasks(viewer) ? deps.tasks.countOverdue(now, filter) : countOverdueSeen(deps, viewer, now, filter),
  ]);
  return { counts: countsOf(seen, filter), overdue };
}

async function countOverdueSeen(
  { tasks }: CountSeenDeps,
  viewer: TaskViewer,
  now: string,
  filter: CountedFilter,
): Promise<number> {
  const isCounted = (task: DueTask) => isOverdue(task, now) && hasValues(filter, task) && maySeeTask(viewer, task);
  return (await tasks.listDueBefore(now)).filter(isCounted).length;
}
