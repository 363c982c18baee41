import { LATE_CHECKIN_CATEGORY, type Template } from '../../../shared/domain/template/template.ts';
import type { Clock } from '../../../shared/platform/clock/clock.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { Ids } from '../../../shared/platform/ids/ids.ts';
import type { PlantillaBody } from '../schemas.ts';

interface Deps {
  readonly templates: { save(entry: Template): Promise<void> };
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Adds a text of the late check-in tool; the vault shows it under the category that both share (D-31). */
export async function createTemplate({ templates, clock, ids }: Deps, empresaId: string, body: PlantillaBody) {
  const now = clock.now().toISOString();
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
  await templates.save(plantilla);
  return ok({ plantilla });
}
