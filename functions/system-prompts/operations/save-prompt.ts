import type { AuditFact } from '../../../shared/domain/audit/audit-entry.ts';
import type { SystemPrompt, SystemPromptName } from '../../../shared/domain/vault/system-prompt.ts';
import type { Write } from '../../../shared/platform/dynamo/table.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { PromptBody } from '../schemas.ts';

interface Deps {
  readonly prompts: { saving(prompt: SystemPrompt): Write };
  /** Commits with an entry in the trail of the superadmin's own company: a prompt belongs to no tenant. */
  readonly commit: (fact: AuditFact, writes: readonly Write[]) => Promise<unknown>;
  readonly now: string;
}

/** Replaces a prompt for the whole platform, from the next AI call on. */
export async function savePrompt({ prompts, commit, now }: Deps, nombre: SystemPromptName, { contenido }: PromptBody) {
  const fact = { accion: 'prompt.guardar', entidad: 'prompt', entidad_id: nombre };
  await commit({ ...fact, cambios: { caracteres: contenido.length } }, [
    prompts.saving({ nombre, contenido, updated_at: now }),
  ]);
  return ok({});
}
