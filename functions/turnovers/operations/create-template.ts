import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { TemplateBody, TemplateRow } from '../template-schemas.ts';
import {
  assigneeOf,
  invalidField,
  knownProperties,
  MOST_TEMPLATES,
  refuseTooMany,
  shownTemplate,
  type TemplateDeps,
  templateFact,
} from './template-deps.ts';

/**
 * Adds a template: it makes a task of every booking that is created from now on and that it is for.
 * @throws AppError `invalid` for what the company has not, and for too many templates
 */
export async function createTemplate(deps: TemplateDeps, body: TemplateBody): Promise<TemplateRow> {
  const [properties, assignee, all] = await Promise.all([
    knownProperties(deps, body.properties),
    assigneeOf(deps, body.default_assignee),
    deps.templates.list(),
  ]);
  if (all.length >= MOST_TEMPLATES) {
    throw invalidField('non_field_errors', `A company has at most ${MOST_TEMPLATES} templates. Delete one first.`);
  }
  const at = toUtcIso(deps.now);
  const draft = { ...body, properties, ...assignee, created_by: deps.actor.number, created_at: at, updated_at: at };
  refuseTooMany([...all, { ...draft, id: 0, version: 1 }]);
  const template = { ...draft, id: await deps.nextId() };
  await deps.commit(templateFact('plantilla_tarea.crear', template), [deps.templates.saving(template, undefined)]);
  return shownTemplate({ ...template, version: 1 });
}
