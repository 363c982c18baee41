import type { Actor } from '../../platform/auth/actor.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { User } from '../identity/user.ts';
import type { Task } from '../task/task.ts';
import { mayEditTask, maySeeTask, type TaskViewer } from '../task/task-access.ts';
import { viewerOf } from '../task/task-viewer.ts';

export interface PhotoAccessDeps {
  readonly actor: Actor;
  readonly users: { find(userId: string): Promise<User | undefined> };
  readonly tasks: { find(id: number): Promise<Task | undefined> };
}

/** A task whose photos somebody looks at or changes. */
export interface FoundTask {
  readonly task: Task;
  readonly viewer: TaskViewer;
}

export function notFound(): AppError {
  return new AppError('not_found', 'Not found.');
}

/** The task as far as the caller may see it (`aristay.md` §2.4). @throws AppError `not_found`, `forbidden` */
export async function visibleTask(deps: PhotoAccessDeps, id: number): Promise<FoundTask> {
  const [task, viewer] = await Promise.all([deps.tasks.find(id), viewerOf(deps)]);
  if (task === undefined) throw notFound();
  if (!maySeeTask(viewer, task)) throw new AppError('forbidden', 'Permission denied');
  return { task, viewer };
}

/** The task as far as the caller may edit it (`aristay.md` §2.4). @throws AppError `not_found`, `forbidden` */
export async function editableTask(deps: PhotoAccessDeps, id: number): Promise<FoundTask> {
  const found = await visibleTask(deps, id);
  if (!mayEditTask(found.viewer, found.task)) throw new AppError('forbidden', 'Permission denied');
  return found;
}
