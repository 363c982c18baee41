import type { Notification } from '../../../shared/domain/notification/notification.ts';
import type { StoredTask, Task } from '../../../shared/domain/task/task.ts';
import { maySeeTask, seesAllTasks, type TaskViewer, teamTypes } from '../../../shared/domain/task/task-access.ts';
import { viewerOf } from '../../../shared/domain/task/task-viewer.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { DashboardAnswer } from '../schemas.ts';
import { type CountingDeps, countTasks } from './count-tasks.ts';

interface Deps extends CountingDeps {
  readonly tasks: CountingDeps['tasks'] & {
    listNewest(limit: number, isWanted?: (task: StoredTask) => boolean): Promise<readonly StoredTask[]>;
    listNewestOfPerson(person: number, limit: number): Promise<readonly StoredTask[]>;
    open(stored: readonly StoredTask[]): Promise<readonly Task[]>;
  };
  readonly notifications: { list(userId: string): Promise<readonly Notification[]> };
}

const RECENT_TASKS = 5;
const RECENT_NOTIFICATIONS = 10;

/** What the caller sees first (S12), all of it as it stands after the caller's own last change (§7.7). */
export async function showDashboard(deps: Deps): Promise<DashboardAnswer> {
  const viewer = await viewerOf(deps);
  const [task_counts, recent, notifications] = await Promise.all([
    countTasks(deps, viewer),
    recentTasks(deps, viewer),
    deps.notifications.list(deps.actor.userId),
  ]);
  return {
    task_counts,
    recent_tasks: recent.map(({ id, title, status, due_date }) => ({ id, title, status, due_date })),
    notifications: notifications.slice(0, RECENT_NOTIFICATIONS).map(({ number, message, created_at, is_read }) => {
      return { id: number, message, created_at: toUtcIso(new Date(created_at)), is_read };
    }),
    unread_notifications: notifications.filter(({ is_read }) => !is_read).length,
    server_time: toUtcIso(deps.now),
  };
}

async function recentTasks({ tasks }: Deps, viewer: TaskViewer): Promise<readonly Task[]> {
  if (seesAllTasks(viewer)) return tasks.open(await tasks.listNewest(RECENT_TASKS));
  if (teamTypes(viewer).length === 0) return tasks.open(await tasks.listNewestOfPerson(viewer.number, RECENT_TASKS));
  return tasks.open(await tasks.listNewest(RECENT_TASKS, (task) => maySeeTask(viewer, task)));
}
