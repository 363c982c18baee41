import { editedLate, refusalOfLateMove, standingFields, withLateMove } from '../../../shared/domain/task/edit-late.ts';
import { type LateChange, lateStamp } from '../../../shared/domain/task/stamp.ts';
import type { LateOutcome } from '../../../shared/domain/task/status-log.ts';
import type { Task } from '../../../shared/domain/task/task.ts';
import { isManaging } from '../../../shared/domain/task/task-access.ts';
import { withTemplateOfType } from '../../../shared/domain/task/task-checklist.ts';
import {
  BLOCKED,
  completesBlocked,
  editedTask,
  refusalOfEdit,
  type TaskEdit,
} from '../../../shared/domain/task/task-edit.ts';
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
    const task = editedTask(seen, edit, { by: deps.actor.number, now: deps.now });
    if (task === seen) return { answer: seen };
    const change = await retyped(deps, { seen, task }, checklist);
    return { change, fact: taskFact('tarea.cambiar', change.task, seen), answer: change.task };
  });
}

/**
 * A task of another type gets the checklist of that type.
 * @throws AppError `invalid` when that holds back a task which is completed along
 */
async function retyped({ templates }: TaskDeps, change: ChangeOfTask, checklist: FoundTask['checklist']) {
  if (change.task.task_type === change.seen.task_type) return change;
  const given = withTemplateOfType(change, await templates.list(), checklist);
  if (completesBlocked(given)) throw invalidField('status', BLOCKED);
  return given;
}

interface ChangeOfTask {
  readonly seen: Task;
  readonly task: Task;
}

/**
 * Changes a task as a device says that somebody did earlier: of each field what was set last stands, and a move of the
 * status takes its place among the others.
 * @throws AppError as {@link editTask}, but for moves that do not fit yet
 */
export async function editTaskLate(
  deps: TaskDeps,
  found: FoundTask,
  body: ChangeBody,
  late: LateChange,
): Promise<{ readonly task: Task; readonly outcome: LateOutcome }> {
  const { status, ...fields } = await readEdit(deps, body);
  const { now } = deps;
  return changeTask(deps, found, async ({ viewer, task: seen, checklist }) => {
    const asked = standingFields(seen, fields, lateStamp(late));
    refuse(refusalOfEdit(viewer, seen, asked, toUtcIso(now)));
    if (status !== undefined) refuse(refusalOfLateMove(viewer, seen, status));
    const edited = editedLate(seen, { asked, edit: await completedEdit(deps, seen, asked) }, { late, now });
    const stood = Object.keys(fields).length === 0 || Object.keys(asked).length > 0;
    const { task, outcome } =
      status === undefined
        ? ({ task: edited, outcome: stood ? 'applied' : 'superseded' } as const)
        : withLateMove({ task: edited, checklist }, status, { late, now, managing: isManaging(viewer) });
    if (JSON.stringify(task) === JSON.stringify(seen)) return { answer: { task: seen, outcome } };
    const change = await retyped(deps, { seen, task }, checklist);
    const fact = taskFact('tarea.cambiar', change.task, seen);
    const told = Object.keys(fact.cambios ?? {}).length > 0;
    return { change, ...(told && { fact }), answer: { task: change.task, outcome } };
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
  return changedTask(await editTask(deps, found, body), body);
}

/** A changed task as S8 answers it. */
export function changedTask(task: Task, body: ChangeBody): ChangedTask {
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
