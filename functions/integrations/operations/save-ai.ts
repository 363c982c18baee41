import type { AuditFact } from '../../../shared/domain/audit/audit-entry.ts';
import type { AiKeyChange } from '../../../shared/domain/integration/integration.repository.ts';
import type { AiIntegration } from '../../../shared/domain/integration/integration.ts';
import { sealAiKey } from '../../../shared/domain/integration/integration-secret.ts';
import type { DataKey } from '../../../shared/platform/crypto/sealed.ts';
import type { Write } from '../../../shared/platform/dynamo/table.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { IaBody } from '../schemas.ts';

interface Deps {
  readonly integrations: { savingAi(ai: Omit<AiIntegration, 'sealed'>, key: AiKeyChange, now: string): Write };
  /** The company's data key of purpose `integrations`. */
  readonly dataKey: () => Promise<DataKey>;
  readonly commit: (fact: AuditFact, writes: readonly Write[]) => Promise<unknown>;
  readonly now: string;
}

/** The word for a change of the key in the audit trail, where the key itself has no place. */
const KEY_WORDS = { erase: 'borrada', keep: 'sin cambios', save: 'guardada' } as const;

/**
 * Saves the AI settings; without `api_key` the stored key stays (ruling 15), and stays bound to its own provider.
 * @throws AppError `unavailable` while KMS does not answer and a key is to be kept
 */
export async function saveAi({ integrations, dataKey, commit, now }: Deps, { proveedor, modelo, api_key }: IaBody) {
  const typed = api_key?.trim();
  const key: AiKeyChange = typed
    ? { sealed: sealAiKey(await dataKey(), { proveedor, api_key: typed }) }
    : api_key === undefined
      ? 'keep'
      : 'erase';
  const clave = KEY_WORDS[typeof key === 'object' ? 'save' : key];
  const fact = { accion: 'integracion.ia.guardar', entidad: 'integracion', entidad_id: 'ia' };
  await commit({ ...fact, cambios: { proveedor, modelo, clave } }, [
    integrations.savingAi({ proveedor, modelo }, key, now),
  ]);
  return ok({});
}
