import type { CommitTemplate, TemplateRepository } from '../../../shared/domain/template/template.repository.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { ChangeBody } from '../schemas.ts';
import { templateUnknown } from './template-unknown.ts';

interface Deps {
  readonly templates: Pick<TemplateRepository, 'change'>;
  readonly committing: (accion: 'plantilla.cambiar') => CommitTemplate;
  readonly now: string;
}

/**
 * Replaces name, text and category; the language stays unless one is said.
 * @throws AppError `not_found`
 */
export async function changeTemplate(
  { templates, committing, now }: Deps,
  id: string,
  { idioma, ...input }: ChangeBody,
) {
  const by = { now, commit: committing('plantilla.cambiar') };
  const plantilla = await templates.change(id, { ...input, ...(idioma && { idioma }) }, 'vault', by);
  if (plantilla === undefined) throw templateUnknown();
  return ok({ plantilla });
}
