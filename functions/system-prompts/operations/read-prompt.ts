import type { SystemPrompt, SystemPromptName } from '../../../shared/domain/vault/system-prompt.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { ok } from '../../../shared/platform/http/answers.ts';

interface Deps {
  readonly prompts: { find(name: SystemPromptName): Promise<SystemPrompt | undefined> };
}

/** The override of a prompt; the built-in text is not shown. @throws AppError `not_found` where there is none */
export async function readPrompt({ prompts }: Deps, nombre: SystemPromptName) {
  const found = await prompts.find(nombre);
  if (found === undefined) throw new AppError('not_found', 'Ese prompt no está sustituido: se usa el de fábrica.');
  return ok({ nombre, contenido: found.contenido });
}
