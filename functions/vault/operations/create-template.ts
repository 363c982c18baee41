import type { Template } from '../../../shared/domain/template/template.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { Ids } from '../../../shared/platform/ids/ids.ts';
import type { CreationBody } from '../schemas.ts';

interface Deps {
  readonly templates: { save(template: Template): Promise<void> };
  readonly empresaId: string;
  readonly ids: Ids;
  readonly now: string;
}

/** Stored as sent: what is shown is escaped by whoever shows it. */
export async function createTemplate({ templates, empresaId, ids, now }: Deps, input: CreationBody) {
  const plantilla: Template = {
    id: ids.uuid(),
    empresa_id: empresaId,
    ...input,
    activa: true,
    created_at: now,
    updated_at: now,
  };
  await templates.save(plantilla);
  return ok({ plantilla });
}
