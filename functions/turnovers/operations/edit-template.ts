import { isDeepStrictEqual } from 'node:util';
import type { AutoTaskTemplate } from '../../../shared/domain/auto-task/auto-task-template.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { TemplateChangeBody, TemplateRow } from '../template-schemas.ts';
import {
  assigneeOf,
  foundTemplate,
  knownProperties,
  refuseTooMany,
  shownTemplate,
  type TemplateDeps,
  templateFact,
  untilCommitted,
} from './template-deps.ts';

/**
 * Changes a template for the bookings to come. What is so already is neither written nor told.
 * @throws AppError `not_found`; `invalid` as for a new one
 */
export async function editTemplate(deps: TemplateDeps, id: number, body: TemplateChangeBody): Promise<TemplateRow> {
  return untilCommitted(async () => {
    const seen = await foundTemplate(deps, id);
    const wanted = await changed(deps, seen, body);
    if (isDeepStrictEqual(wanted, seen)) return shownTemplate(seen);
    const { is_active, properties } = wanted;
    const reachesMore = is_active && !(seen.is_active && isDeepStrictEqual(properties, seen.properties));
    if (reachesMore) refuseTooMany([...(await deps.templates.list()).filter((each) => each.id !== id), wanted]);
    const next = { ...wanted, updated_at: toUtcIso(deps.now) };
    await deps.commit(templateFact('plantilla_tarea.cambiar', next, seen), [deps.templates.saving(next, seen)]);
    return shownTemplate(next);
  });
}

async function changed(
  deps: TemplateDeps,
  seen: AutoTaskTemplate,
  { properties, default_assignee, ...plain }: TemplateChangeBody,
): Promise<AutoTaskTemplate> {
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  const isReassigned = default_assignee !== undefined && default_assignee !== seen.default_assignee;
  return {
    ...seen,
    ...given,
    ...(properties !== undefined && { properties: await knownProperties(deps, properties, seen.properties) }),
    ...(isReassigned && (await assigneeOf(deps, default_assignee))),
  };
}
