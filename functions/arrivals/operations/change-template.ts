import type { TemplateRepository } from '../../../shared/domain/template/template.repository.ts';
import type { Clock } from '../../../shared/platform/clock/clock.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { PlantillaBody } from '../schemas.ts';
import { templateUnknown } from './template-unknown.ts';

interface Deps {
  readonly templates: Pick<TemplateRepository, 'change'>;
  readonly clock: Clock;
}

/** @throws AppError `not_found` for one of another category or company, or out of use */
export async function changeTemplate({ templates, clock }: Deps, id: string, body: PlantillaBody) {
  const plantilla = await templates.change(id, body, 'late-checkin', clock.now().toISOString());
  if (plantilla === undefined) throw templateUnknown();
  return ok({ plantilla });
}
