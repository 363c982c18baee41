import { type ChecklistTemplate, checklistFrom, type StoredChecklist, templateFor } from '../checklist/checklist.ts';
import { standingOf } from '../checklist/checklist-progress.ts';
import type { Task } from './task.ts';
import type { TaskChange } from './task-writes.ts';

/** The change with a fresh checklist of a template attached to its task. */
export function withTemplate<C extends TaskChange>(change: C, template: ChecklistTemplate): C {
  return withChecklist(change, checklistFrom(template, change.task.id));
}

/** The change with the checklist that a new task of its type gets, if there is one (`aristay.md` §3.6). */
export function withTemplateOfType<C extends TaskChange>(change: C, templates: readonly ChecklistTemplate[]): C {
  const template = templateFor(templates, change.task.task_type);
  return template === undefined ? change : withTemplate(change, template);
}

/** The change with a checklist as it is wanted, and with the task that says how far it is. */
export function withChecklist<C extends TaskChange>(change: C, wanted: StoredChecklist, seen?: StoredChecklist): C {
  const task: Task = { ...change.task, checklist: standingOf(wanted) };
  return { ...change, task, checklist: { wanted, ...(seen !== undefined && { seen }) } };
}
