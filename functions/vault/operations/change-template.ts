import type { TemplateChanges, TemplateTool } from '../../../shared/domain/template/template.repository.ts';
import type { Template } from '../../../shared/domain/template/template.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { ChangeBody } from '../schemas.ts';
import { templateUnknown } from './template-unknown.ts';

interface Deps {
  readonly templates: {
    change(id: string, changes: TemplateChanges, tool: TemplateTool, now: string): Promise<Template | undefined>;
  };
  readonly now: string;
}

/**
 * Replaces name, text and category; the language stays unless one is said.
 * @throws AppError `not_found`
 */
export async function changeTemplate({ templates, now }: Deps, id: string, { idioma, ...input }: ChangeBody) {
  const plantilla = await templates.change(id, { ...input, ...(idioma && { idioma }) }, 'vault', now);
  if (plantilla === undefined) throw templateUnknown();
  return ok({ plantilla });
}
