import type { CommitTemplate, TemplateRepository } from '../../../shared/domain/template/template.repository.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { PlantillaBody } from '../schemas.ts';
import { templateUnknown } from './template-unknown.ts';

interface Deps {
  readonly templates: Pick<TemplateRepository, 'change'>;
  readonly committing: (accion: 'plantilla.cambiar') => CommitTemplate;
  readonly now: string;
}

/** @throws AppError `not_found` for one of another category or company, or out of use */
export async function changeTemplate({ templates, committing, now }: Deps, id: string, body: PlantillaBody) {
  const by = { now, commit: committing('plantilla.cambiar') };
  const plantilla = await templates.change(id, body, 'late-checkin', by);
  if (plantilla === undefined) throw templateUnknown();
  return ok({ plantilla });
}
