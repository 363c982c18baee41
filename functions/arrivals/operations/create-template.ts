import type { CommitTemplate, TemplateRepository } from '../../../shared/domain/template/template.repository.ts';
import { LATE_CHECKIN_CATEGORY, type Template } from '../../../shared/domain/template/template.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { Ids } from '../../../shared/platform/ids/ids.ts';
import type { PlantillaBody } from '../schemas.ts';

interface Deps {
  readonly templates: Pick<TemplateRepository, 'create'>;
  readonly committing: (accion: 'plantilla.crear') => CommitTemplate;
  readonly now: string;
  readonly ids: Ids;
}

/** Adds a text of the late check-in tool; the vault shows it under the category that both share (D-31). */
export async function createTemplate(
  { templates, committing, now, ids }: Deps,
  empresaId: string,
  body: PlantillaBody,
) {
  const plantilla: Template = {
    id: ids.uuid(),
    empresa_id: empresaId,
    ...body,
    idioma: 'es',
    categoria: LATE_CHECKIN_CATEGORY,
    activa: true,
    created_at: now,
    updated_at: now,
  };
  await templates.create(plantilla, committing('plantilla.crear'));
  return ok({ plantilla });
}
