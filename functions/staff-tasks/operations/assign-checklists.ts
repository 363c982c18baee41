import type { ChecklistTemplate } from '../../../shared/domain/checklist/checklist.ts';
import { withTemplate } from '../../../shared/domain/task/task-checklist.ts';
import { viewerOf } from '../../../shared/domain/task/task-viewer.ts';
import type { TaskChange } from '../../../shared/domain/task/task-writes.ts';
import { changeTask, type FoundTask, invalidField, type TaskDeps } from './task-deps.ts';
import { taskFact } from './task-facts.ts';

async function foundTemplate({ templates }: TaskDeps, id: number): Promise<ChecklistTemplate> {
  const template = await templates.find(id);
  if (template === undefined) throw invalidField('template_id', 'There is no such template.');
  if (template.items.length === 0) throw invalidField('template_id', 'The template has no items.');
  return template;
}

/** Attaches a template unless the task has a checklist; answers whether it did. */
async function attach(deps: TaskDeps, found: FoundTask, template: ChecklistTemplate): Promise<boolean> {
  return changeTask(deps, found, ({ task: seen, checklist }) => {
    if (checklist !== undefined) return { answer: false };
    const change = withTemplate<TaskChange>({ seen, task: seen }, template);
    const { entidad, entidad_id, accion } = taskFact('tarea.asignar_lista', change.task, seen);
    return { change, fact: { accion, entidad, entidad_id, cambios: { lista: template.id } }, answer: true };
  });
}

/** Gives a task a checklist (C29). @throws AppError `invalid` for an unknown template, or when the task has one */
export async function assignChecklist(deps: TaskDeps, found: FoundTask, templateId: number) {
  const template = await foundTemplate(deps, templateId);
  if (!(await attach(deps, found, template))) {
    throw invalidField('non_field_errors', 'The task already has a checklist.');
  }
  return { success: true, checklist_id: found.task.id } as const;
}

/** Gives a checklist to those tasks that have none (C30). @throws AppError `invalid` for an unknown template or task */
export async function quickAssign(
  deps: TaskDeps,
  { task_ids, template_id }: { readonly task_ids: readonly number[]; readonly template_id: number },
) {
  const ids = [...new Set(task_ids)];
  const [template, tasks, viewer] = await Promise.all([
    foundTemplate(deps, template_id),
    deps.tasks.findMany(ids),
    viewerOf(deps),
  ]);
  const unknown = ids.find((id) => !tasks.some((task) => task.id === id));
  if (unknown !== undefined) throw invalidField('task_ids', `There is no task ${unknown}.`);
  let assigned_count = 0;
  // One after the other: each moves the same audit trail.
  for (const task of tasks.filter(({ checklist }) => checklist === null)) {
    if (await attach(deps, { task, checklist: undefined, viewer }, template)) assigned_count += 1;
  }
  return { success: true, assigned_count } as const;
}
