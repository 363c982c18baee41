import type { CommitTemplate, TemplateRepository } from '../../../shared/domain/template/template.repository.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import { templateUnknown } from './template-unknown.ts';

interface Deps {
  readonly templates: Pick<TemplateRepository, 'retire'>;
  readonly committing: (accion: 'plantilla.borrar') => CommitTemplate;
  readonly now: string;
}

/** Takes a template out of every list; may be repeated. @throws AppError `not_found` */
export async function retireTemplate({ templates, committing, now }: Deps, id: string) {
  if (!(await templates.retire(id, { now, commit: committing('plantilla.borrar') }))) throw templateUnknown();
  return ok({});
}
