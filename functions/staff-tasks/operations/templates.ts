import type { ChecklistTemplate } from '../../../shared/domain/checklist/checklist.ts';
import { inItemOrder } from '../../../shared/domain/checklist/checklist.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import { type NumberedPage, orderRows, pageOf } from '../../../shared/platform/http/numbered-list.ts';
import type { TemplateBody, TemplateOrder, TemplateRow, TemplatesQuery } from '../checklist-schemas.ts';
import type { TaskDeps } from './task-deps.ts';

/** By type of task and name (`aristay.md` §3.6), which breaks ties of any other order too. */
const BY_NAME = { key: 'name', descending: false } as const;

/** A page of the templates with their items (C27). @throws AppError `not_found` for a page that does not exist */
export async function listTemplates(
  { templates }: Pick<TaskDeps, 'templates'>,
  query: TemplatesQuery,
): Promise<NumberedPage<TemplateRow>> {
  const fitting = (await templates.list())
    .filter(({ task_type }) => query.task_type === undefined || task_type === query.task_type)
    .filter(({ is_active }) => query.is_active === undefined || is_active === query.is_active);
  const ordered = orderRows(fitting, [...query.ordering, BY_NAME], (template, key: TemplateOrder) => template[key]);
  return pageOf(ordered.map(shownTemplate), query);
}

function shownTemplate({ items, ...template }: ChecklistTemplate): TemplateRow {
  return { ...template, items: [...items].sort(inItemOrder) };
}

/** Adds a template (C28): from now on new tasks of its type get it. */
export async function createTemplate(deps: TaskDeps, { items, ...body }: TemplateBody) {
  const id = await deps.nextIds('checklist-template', 1);
  const template: ChecklistTemplate = {
    id,
    ...body,
    items: items.map((item, at) => ({ id: at + 1, ...item })),
    created_by: deps.actor.number,
    created_at: toUtcIso(deps.now),
  };
  const cambios = { task_type: body.task_type, is_active: body.is_active, elementos: items.length };
  const fact = { accion: 'lista.crear', entidad: 'lista', entidad_id: String(id), cambios };
  await deps.commit(fact, [deps.templates.adding(template)], []);
  return { success: true, template_id: id } as const;
}
