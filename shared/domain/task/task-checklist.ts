import { type ChecklistTemplate, checklistFrom, type StoredChecklist, templateFor } from '../checklist/checklist.ts';
import { standingOf } from '../checklist/checklist-progress.ts';
import type { Task } from './task.ts';
import type { TaskChange } from './task-writes.ts';

/**
 * The change with a fresh checklist of a template attached to its task.
 * @param before the checklist that it replaces
 */
export function withTemplate<C extends TaskChange>(
  change: C,
  template: ChecklistTemplate,
  before?: StoredChecklist,
): C {
  const fresh = checklistFrom(template, change.task.id, before);
  if (fresh === undefined) return change;
  // What was completed without these items stays completed: their ticks cannot speak about moves before them.
  return withChecklist({ ...change, task: { ...change.task, status_log: null } }, fresh, before);
}

/**
 * The change with the checklist that a task of its type gets, if there is one (`aristay.md` §3.6).
 * @param before the checklist that it replaces: one with a completed item stays
 */
export function withTemplateOfType<C extends TaskChange>(
  change: C,
  templates: readonly ChecklistTemplate[],
  before?: StoredChecklist,
): C {
  const template = templateFor(templates, change.task.task_type);
  const begun = before?.responses.some(({ is_completed }) => is_completed) === true;
  return template === undefined || begun ? change : withTemplate(change, template, before);
}

/** The change with a checklist as it is wanted, and with the task that says how far it is. */
export function withChecklist<C extends TaskChange>(change: C, wanted: StoredChecklist, seen?: StoredChecklist): C {
  const task: Task = { ...change.task, checklist: standingOf(wanted) };
  return { ...change, task, checklist: { wanted, ...(seen !== undefined && { seen }) } };
}
