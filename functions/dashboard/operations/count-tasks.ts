import type { User } from '../../../shared/domain/identity/user.ts';
import type { DueTask } from '../../../shared/domain/task/task.repository.ts';
import { isOverdue } from '../../../shared/domain/task/task.ts';
import { maySeeTask, type TaskViewer } from '../../../shared/domain/task/task-access.ts';
import { byStatus, type TaskCounts } from '../../../shared/domain/task/task-counts.ts';
import { viewerOf } from '../../../shared/domain/task/task-viewer.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { TaskCountsAnswer } from '../schemas.ts';

/** What counting a person's tasks needs. */
export interface CountingDeps {
  readonly actor: Actor;
  readonly now: Date;
  readonly users: { find(userId: string): Promise<User | undefined> };
  readonly counts: { seenBy(viewer: TaskViewer): Promise<TaskCounts> };
  readonly tasks: { listDueBefore(now: string): Promise<readonly DueTask[]> };
}

/** How many tasks the caller sees (S13, §7.7): from the counts kept, but for those that time alone makes overdue. */
export async function countTasks(deps: CountingDeps, viewer?: TaskViewer): Promise<TaskCountsAnswer> {
  const who = viewer ?? (await viewerOf(deps));
  const now = toUtcIso(deps.now);
  const [counts, due] = await Promise.all([deps.counts.seenBy(who), deps.tasks.listDueBefore(now)]);
  const { total, pending, completed, 'in-progress': in_progress } = byStatus(counts);
  const overdue = due.filter((task) => isOverdue(task, now) && maySeeTask(who, task)).length;
  return { total, pending, in_progress, completed, overdue };
}
