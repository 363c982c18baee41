import type { CommitTemplate, TemplateRepository } from '../../../shared/domain/template/template.repository.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import { templateUnknown } from './template-unknown.ts';

interface Deps {
  readonly templates: Pick<TemplateRepository, 'remove'>;
  readonly committing: (accion: 'plantilla.borrar') => CommitTemplate;
}

/** Deletes for good. @throws AppError `not_found`, the second time as well */
export async function removeTemplate({ templates, committing }: Deps, id: string) {
  if (!(await templates.remove(id, committing('plantilla.borrar')))) throw templateUnknown();
  return ok({});
}
