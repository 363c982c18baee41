import type { Template, TemplateFilter } from '../../../shared/domain/template/template.ts';
import { ok } from '../../../shared/platform/http/answers.ts';

interface Deps {
  readonly templates: { listForVault(filter: TemplateFilter): Promise<readonly Template[]> };
}

/** Active templates, late check-in ones included unless they are filtered out. */
export async function listTemplates({ templates }: Deps, filter: TemplateFilter) {
  return ok({ plantillas: [...(await templates.listForVault(filter))] });
}
