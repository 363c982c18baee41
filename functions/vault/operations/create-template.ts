import type { CommitTemplate, TemplateRepository } from '../../../shared/domain/template/template.repository.ts';
import type { Template } from '../../../shared/domain/template/template.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { Ids } from '../../../shared/platform/ids/ids.ts';
import type { CreationBody } from '../schemas.ts';

interface Deps {
  readonly templates: Pick<TemplateRepository, 'create'>;
  readonly committing: (accion: 'plantilla.crear') => CommitTemplate;
  readonly empresaId: string;
  readonly ids: Ids;
  readonly now: string;
}

/** Stored as sent: what is shown is escaped by whoever shows it. */
export async function createTemplate({ templates, committing, empresaId, ids, now }: Deps, input: CreationBody) {
  const plantilla: Template = {
    id: ids.uuid(),
    empresa_id: empresaId,
    ...input,
    activa: true,
    created_at: now,
    updated_at: now,
  };
  await templates.create(plantilla, committing('plantilla.crear'));
  return ok({ plantilla });
}
