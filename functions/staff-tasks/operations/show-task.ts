import type { ChecklistResponse, StoredChecklist } from '../../../shared/domain/checklist/checklist.ts';
import { isBlocked, progressOfCounts } from '../../../shared/domain/checklist/checklist-progress.ts';
import { maySeePhoto, shownPhoto } from '../../../shared/domain/photo/photo-row.ts';
import type { TaskWithChecklist } from '../../../shared/domain/task/task.repository.ts';
import { isOverdue, type Task } from '../../../shared/domain/task/task.ts';
import type { TaskSurroundings } from '../../../shared/domain/task/task-surroundings.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { ImageAnswer, TaskDetail, TaskRow } from '../answers.ts';
import type { TaskDeps } from './task-deps.ts';

type Shown = Pick<TaskDeps, 'actor' | 'now'>;

function commonOf({ actor, now }: Shown, task: Task, around: TaskSurroundings) {
  const { id, title, description, status, task_type, priority, assigned_to, assigned_to_username } = task;
  const { due_date, created_at, updated_at, notes, created_by, photo_count, checklist } = task;
  return {
    ...{ id, title, description, status, task_type, priority, assigned_to, assigned_to_username },
    ...{ due_date, created_at, updated_at, notes, created_by, photo_count },
    property: task.property_id,
    property_name: around.nameOf(task),
    booking: task.booking_id,
    booking_window: around.windowOf(task),
    checklist_progress: progressOfCounts(checklist?.completed ?? 0, checklist?.total ?? 0),
    is_overdue: isOverdue(task, toUtcIso(now)),
    is_muted: task.muted_by.includes(actor.number),
  };
}

/** A row of a list (S6). */
export function shownRow(shown: Shown, task: Task, around: TaskSurroundings): TaskRow {
  const checklist_id = task.checklist === null ? null : task.id;
  return {
    ...commonOf(shown, task, around),
    checklist_id,
    checklist_template: task.checklist?.template ?? null,
  };
}

/** A task with everything about it (S7). */
export async function shownTask(deps: TaskDeps, { task, checklist }: TaskWithChecklist): Promise<TaskDetail> {
  const [around, history, images] = await Promise.all([
    deps.tasks.findSurroundings([task], deps.now),
    deps.tasks.listHistory(task.id),
    shownImages(deps, task.id),
  ]);
  const { depends_on, is_locked_by_user, started_at, completed_at } = task;
  return {
    ...commonOf(deps, task, around),
    ...{ depends_on, is_locked_by_user, started_at, completed_at },
    checklist: checklist === undefined ? null : shownChecklist(checklist),
    images,
    has_blocking_items: checklist !== undefined && isBlocked(checklist.responses),
    history: [...history],
  };
}

/** The photos that the caller may see, in their order. */
async function shownImages({ actor, photos, view }: TaskDeps, taskId: number): Promise<ImageAnswer[]> {
  const { photos: found, album } = await photos.listOfTask(taskId);
  const seen = found.filter((photo) => maySeePhoto(actor, photo));
  return Promise.all(seen.map((photo) => shownPhoto(view, photo, album)));
}

function shownChecklist({ id, template, responses }: StoredChecklist) {
  return { id, template, items: responses.map(shownItem) };
}

function shownItem({ id, item, is_completed: completed, ...answer }: ChecklistResponse) {
  const { title: text, item_type, is_required, room_type, description } = item;
  return { id, text, completed, ...answer, item_type, is_required, room_type, description };
}
