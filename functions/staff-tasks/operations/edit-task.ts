import type { Task } from '../../../shared/domain/task/task.ts';
import { withTemplateOfType } from '../../../shared/domain/task/task-checklist.ts';
import { editedTask, refusalOfEdit, type TaskEdit } from '../../../shared/domain/task/task-edit.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { ChangedTask, TaskDetail } from '../answers.ts';
import type { ChangeBody } from '../schemas.ts';
import { completedEdit, readEdit } from './read-edit.ts';
import { readTask } from './read-task.ts';
import { changeTask, type FoundTask, forbidden, invalidField, type TaskDeps } from './task-deps.ts';
import { taskFact } from './task-facts.ts';

/**
 * Changes a task (S8): all of it or nothing.
 * @throws AppError `forbidden` for a field that the caller may not change, `invalid` for a value that cannot be
 */
export async function editTask(deps: TaskDeps, found: FoundTask, body: ChangeBody): Promise<Task> {
  const asked = await readEdit(deps, body);
  const now = toUtcIso(deps.now);
  return changeTask(deps, found, async ({ viewer, task: seen, checklist }) => {
    refuse(refusalOfEdit(viewer, seen, asked, now));
    const edit = await completedEdit(deps, seen, asked);
    const task = editedTask(seen, edit, { by: deps.actor.number, now });
    if (task === seen) return { answer: seen };
    const change = { seen, task };
    const retyped = task.task_type !== seen.task_type;
    const wanted = retyped ? withTemplateOfType(change, await deps.templates.list(), checklist) : change;
    return { change: wanted, fact: taskFact('tarea.cambiar', wanted.task, seen), answer: wanted.task };
  });
}

/** Fields of the API that are called otherwise in a task. */
const NAMES: Partial<Record<keyof TaskEdit, string>> = { property_id: 'property', booking_id: 'booking' };

function refuse(refusal: ReturnType<typeof refusalOfEdit>): void {
  if (refusal === undefined) return;
  if (refusal === 'forbidden') throw forbidden();
  throw invalidField(NAMES[refusal.field] ?? refusal.field, refusal.message);
}

/** The four keys of S8, with the fields that were sent. */
export async function editStaffTask(deps: TaskDeps, found: FoundTask, body: ChangeBody): Promise<ChangedTask> {
  const task = await editTask(deps, found, body);
  const { id, status, notes, updated_at, property_id: property, booking_id: booking } = task;
  const fields = { ...task, property, booking };
  const echoed = (Object.keys(body) as (keyof ChangeBody)[]).map((field) => [field, fields[field]]);
  return { ...Object.fromEntries(echoed), id, status, notes, updated_at };
}

/** The whole task after its change (C13). */
export async function editWholeTask(deps: TaskDeps, found: FoundTask, body: ChangeBody): Promise<TaskDetail> {
  const { id } = await editTask(deps, found, body);
  return readTask(deps, id);
}
