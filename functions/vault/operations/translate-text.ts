import type { Template } from '../../../shared/domain/template/template.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { TranslationBody } from '../schemas.ts';
import { type DraftDeps, draftText } from './draft-text.ts';
import { templateUnknown } from './template-unknown.ts';

interface Deps extends DraftDeps {
  readonly templates: { find(id: string): Promise<Template | undefined> };
}

/**
 * Proposes a translation of the text that was sent, not of the stored one.
 * @param body validates; a template that is unknown is told of first (`stay-sidekick.md` §4.10)
 */
export async function translateText(deps: Deps, id: string, body: () => TranslationBody) {
  if ((await deps.templates.find(id)) === undefined) throw templateUnknown();
  const { contenido, idioma_destino: idioma } = body();
  const order = { accion: 'traducir', prompt: 'vault_traducir', idioma, contenido } as const;
  return ok({ contenido: await draftText(deps, order) });
}
