import { type NumberedPage, orderRows, pageOf } from '../../../shared/platform/http/numbered-list.ts';
import type { TemplateRow, TemplatesQuery } from '../template-schemas.ts';
import { shownTemplate, type TemplateDeps } from './template-deps.ts';

/** Automatic templates, by name unless asked otherwise. @throws AppError `not_found` for a page that does not exist */
export async function listTemplates(
  { templates }: Pick<TemplateDeps, 'templates'>,
  asked: TemplatesQuery,
): Promise<NumberedPage<TemplateRow>> {
  const { is_active, task_type, timing_type, property } = asked;
  const fitting = (await templates.list())
    .filter((template) => is_active === undefined || template.is_active === is_active)
    .filter((template) => task_type === undefined || template.task_type === task_type)
    .filter((template) => timing_type === undefined || template.timing_type === timing_type)
    .filter(({ properties }) => property === undefined || properties.length === 0 || properties.includes(property));
  const ordered = orderRows(fitting, asked.ordering, (template, key) => template[key]);
  return pageOf(ordered.map(shownTemplate), asked);
}
