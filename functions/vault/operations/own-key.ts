import type { AiIntegration } from '../../../shared/domain/integration/integration.ts';
import { type AiKey, openAiKey } from '../../../shared/domain/integration/integration-secret.ts';
import type { DataKey } from '../../../shared/platform/crypto/sealed.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { Log } from '../../../shared/platform/log/log.ts';

interface Deps {
  readonly dataKey: () => Promise<DataKey>;
  readonly log: Log;
  readonly empresaId: string;
}

/**
 * The company's own key, if it has one.
 * @throws AppError `bad_request` when it can no longer be read (`stay-sidekick.md` §2.14), `unavailable` while KMS does
 * not answer
 */
export async function openOwnKey(
  { dataKey, log, empresaId }: Deps,
  ia: AiIntegration | undefined,
): Promise<AiKey | undefined> {
  if (ia?.sealed === undefined) return undefined;
  const key = await dataKey();
  try {
    return openAiKey(key, ia.sealed);
  } catch (cause) {
    log.error('AI_KEY_UNREADABLE', cause, { empresa_id: empresaId });
    const message = 'La clave de IA guardada no se puede leer. Guárdala de nuevo en Perfil > Integraciones.';
    throw new AppError('bad_request', message, { cause });
  }
}
