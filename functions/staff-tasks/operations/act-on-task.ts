import { statusLabel, type Task } from '../../../shared/domain/task/task.ts';
import { mayDeleteTask } from '../../../shared/domain/task/task-access.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { StatusShortcutBody } from '../schemas.ts';
import { editTask } from './edit-task.ts';
import { readTask } from './read-task.ts';
import { changeTask, type FoundTask, forbidden, type TaskDeps } from './task-deps.ts';
import { taskFact } from './task-facts.ts';

/** Deletes a task (C14): it is gone from every list. @throws AppError `forbidden` */
export async function deleteTask(deps: TaskDeps, found: FoundTask): Promise<undefined> {
  const now = toUtcIso(deps.now);
  await changeTask(deps, found, ({ viewer, task: seen }) => {
    if (!mayDeleteTask(viewer, seen)) throw forbidden();
    const task: Task = { ...seen, deleted_at: now, updated_at: now, modified_by: deps.actor.number };
    return { change: { seen, task }, fact: taskFact('tarea.borrar', task, seen), answer: undefined };
  });
}

/** The caller takes a task (C16). @throws AppError `forbidden` when it is somebody else's and the caller no manager */
export async function assignToMe(deps: TaskDeps, found: FoundTask) {
  const { id } = await editTask(deps, found, { assigned_to: deps.actor.number });
  return { ...(await readTask(deps, id)), assigned_to: deps.actor.username };
}

/** C17. @throws AppError as an edit of the status does */
export async function setStatus(deps: TaskDeps, found: FoundTask, { status }: Pick<Task, 'status'>) {
  return { status: (await editTask(deps, found, { status })).status };
}

/** C21. @throws AppError as an edit of status and description does */
export async function setStatusShortly(deps: TaskDeps, found: FoundTask, body: StatusShortcutBody) {
  const { status } = await editTask(deps, found, body);
  return { success: true, status, status_display: statusLabel(status) } as const;
}

/** The caller hears of a task or does not (C18, C19). It is no change of the task: who made the last one stays. */
export async function mute(deps: TaskDeps, found: FoundTask, muted: boolean) {
  const { number } = deps.actor;
  return changeTask(deps, found, ({ task: seen }) => {
    if (seen.muted_by.includes(number) === muted) return { answer: { muted } };
    const others = seen.muted_by.filter((person) => person !== number);
    const task: Task = { ...seen, muted_by: muted ? [...others, number] : others };
    return { change: { seen, task }, answer: { muted } };
  });
}
