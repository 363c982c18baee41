import { progressOfCounts } from '../../../shared/domain/checklist/checklist-progress.ts';
import type { TaskDetail } from '../answers.ts';
import { shownTask } from './show-task.ts';
import { type TaskDeps, visibleTask } from './task-deps.ts';

/** One task (S7). @throws AppError `not_found`, `forbidden` */
export async function readTask(deps: TaskDeps, id: number): Promise<TaskDetail> {
  return shownTask(deps, await visibleTask(deps, id));
}

/** How far a task's checklist is (S9). @throws AppError `not_found`, `forbidden` */
export async function readProgress(deps: TaskDeps, id: number) {
  const { checklist } = (await visibleTask(deps, id)).task;
  return progressOfCounts(checklist?.completed ?? 0, checklist?.total ?? 0);
}
