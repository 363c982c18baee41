import type { TemplateRepository } from '../../../shared/domain/template/template.repository.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import { templateUnknown } from './template-unknown.ts';

interface Deps {
  readonly templates: Pick<TemplateRepository, 'remove'>;
}

/** Deletes for good. @throws AppError `not_found`, the second time as well */
export async function removeTemplate({ templates }: Deps, id: string) {
  if (!(await templates.remove(id))) throw templateUnknown();
  return ok({});
}
