import { createTask as taskFrom } from '../../../shared/domain/task/task.ts';
import { mayCreateTasks } from '../../../shared/domain/task/task-access.ts';
import { withTemplate, withTemplateOfType } from '../../../shared/domain/task/task-checklist.ts';
import { BLOCKED, completesBlocked } from '../../../shared/domain/task/task-edit.ts';
import { viewerOf } from '../../../shared/domain/task/task-viewer.ts';
import type { TaskChange } from '../../../shared/domain/task/task-writes.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { Write } from '../../../shared/platform/dynamo/table.ts';
import { cutText } from '../../../shared/platform/text/cut-text.ts';
import type { TaskDetail } from '../answers.ts';
import type { CreationBody } from '../schemas.ts';
import { completedEdit, readEdit } from './read-edit.ts';
import { shownTask } from './show-task.ts';
import { type FoundTask, forbidden, invalidField, saveChanges, type TaskDeps } from './task-deps.ts';
import { taskFact } from './task-facts.ts';

/** @throws AppError `forbidden` unless the caller may add tasks (`aristay.md` §2.4) */
export async function checkMayCreate(deps: TaskDeps): Promise<void> {
  if (!mayCreateTasks(await viewerOf(deps))) throw forbidden();
}

/**
 * Adds a task (C11), with the checklist that is named, or with that of its type.
 * @param alongOf what else stands in its transaction
 * @throws AppError `invalid` for what the company has not, a due date in the past, and a completed one with blocking items
 */
export async function createTask(
  deps: TaskDeps,
  body: CreationBody,
  alongOf: (id: number) => readonly Write[] = () => [],
): Promise<TaskDetail> {
  const { checklist_template, property_ref, property_id, ...fields } = body;
  const now = toUtcIso(deps.now);
  const property = fields.property ?? property_ref ?? property_id ?? undefined;
  const asked = await readEdit(deps, { ...fields, ...(property !== undefined && { property }) });
  if (asked.due_date && asked.due_date < now) {
    throw invalidField('due_date', 'The due date may not be in the past.');
  }
  const blank = taskFrom({ id: 0, title: body.title, ...authored(deps, now) });
  const edit = await completedEdit(deps, blank, asked);
  const timed = {
    ...(edit.status === 'in-progress' && { started_at: now }),
    ...(edit.status === 'completed' && { completed_at: now }),
  };
  const id = await deps.nextIds('task', 1);
  const change = await withChecklistAsked(deps, { task: { ...blank, ...edit, ...timed, id } }, checklist_template);
  if (completesBlocked(change)) throw invalidField('status', BLOCKED);
  await saveChanges(deps, [change], taskFact('tarea.crear', change.task), alongOf(id));
  return shownTask(deps, { task: change.task, checklist: change.checklist?.wanted });
}

function authored({ actor }: TaskDeps, now: string) {
  return { created_at: now, updated_at: now, created_by: actor.number, modified_by: actor.number };
}

async function withChecklistAsked(
  { templates }: TaskDeps,
  change: TaskChange,
  templateId: number | null | undefined,
): Promise<TaskChange> {
  if (templateId === undefined || templateId === null) return withTemplateOfType(change, await templates.list());
  const template = await templates.find(templateId);
  if (template === undefined) throw invalidField('checklist_template', 'There is no such template.');
  return withTemplate(change, template);
}

/** The copy fits into a title however long the original is. */
const COPY = ' (Copy)';
const LONGEST_TITLE = 200;

/** Adds a copy of a task for the caller (C22): pending, its checklist begun anew. */
export async function duplicateTask(deps: TaskDeps, { task: original }: FoundTask): Promise<TaskDetail> {
  const now = toUtcIso(deps.now);
  const { description, task_type, priority, property_id, booking_id, due_date } = original;
  const id = await deps.nextIds('task', 1);
  const task = taskFrom({
    id,
    title: `${cutText(original.title, LONGEST_TITLE - COPY.length)}${COPY}`,
    ...{ description, task_type, priority, property_id, booking_id, due_date },
    assigned_to: deps.actor.number,
    assigned_to_username: deps.actor.username,
    ...authored(deps, now),
  });
  const change = withTemplateOfType<TaskChange>({ task }, await deps.templates.list());
  await saveChanges(deps, [change], taskFact('tarea.duplicar', change.task));
  return shownTask(deps, { task: change.task, checklist: change.checklist?.wanted });
}
