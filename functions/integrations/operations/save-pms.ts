import type { AuditFact } from '../../../shared/domain/audit/audit-entry.ts';
import type { PmsIntegration } from '../../../shared/domain/integration/integration.ts';
import { sealPmsCredential } from '../../../shared/domain/integration/integration-secret.ts';
import { type PmsCredential, parsePmsCredential } from '../../../shared/domain/integration/pms-credential.ts';
import type { Trial } from '../../../shared/domain/integration/pms-trial.ts';
import type { DataKey } from '../../../shared/platform/crypto/sealed.ts';
import type { Write } from '../../../shared/platform/dynamo/table.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { PmsBody } from '../schemas.ts';

export interface SavePmsDeps {
  readonly integrations: { savingPms(pms: PmsIntegration, now: string): Write };
  /** The company's data key of purpose `integrations`. */
  readonly dataKey: () => Promise<DataKey>;
  readonly tryCredential: (credential: PmsCredential) => Promise<Trial>;
  readonly commit: (fact: AuditFact, writes: readonly Write[]) => Promise<unknown>;
  readonly now: string;
}

/**
 * Saves the PMS credential, sealed, and tells what the provider said of it (D-51). The data key comes first: a
 * single-use code must not be spent on a credential that then cannot be kept.
 * @param input an endpoint that is not named stays as it is
 * @throws AppError `invalid` for text that is no credential of the provider, `unavailable` while KMS does not answer
 */
export async function savePms(
  { integrations, dataKey, tryCredential, commit, now }: SavePmsDeps,
  { proveedor, api_key, endpoint }: PmsBody & { readonly endpoint?: string | null },
) {
  const parsed = parsePmsCredential(proveedor, api_key);
  if ('problem' in parsed) {
    const issues = [{ field: 'api_key', message: parsed.problem }];
    throw new AppError('invalid', 'La clave no tiene la forma que da el proveedor.', { issues });
  }
  const key = await dataKey();
  const { verified, credential, account } = await tryCredential(parsed.credential);
  const sealed = sealPmsCredential(key, credential);
  const named = endpoint === undefined ? {} : { endpoint };
  const cambios = { proveedor, verificada: verified, ...named };
  await commit({ accion: 'integracion.pms.guardar', entidad: 'integracion', entidad_id: 'pms', cambios }, [
    integrations.savingPms({ proveedor, sealed, activo: true, verificada: verified, account, ...named }, now),
  ]);
  return ok({ verificada: verified });
}
