import type { AuditFact } from '../../../shared/domain/audit/audit-entry.ts';
import type { IntegrationName } from '../../../shared/domain/integration/integration.keys.ts';
import { TransactionRefused } from '../../../shared/platform/dynamo/storage-errors.ts';
import type { Write } from '../../../shared/platform/dynamo/table.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { ok } from '../../../shared/platform/http/answers.ts';

interface Deps {
  readonly integrations: { removing(name: IntegrationName): Write };
  readonly commit: (fact: AuditFact, writes: readonly Write[]) => Promise<unknown>;
}

/** Google's is left by its own routes. */
type Removable = Exclude<IntegrationName, 'google'>;

/** Removes an integration with its key; what is not there is removed already, and leaves no audit entry (S-20, S-21). */
export async function removeIntegration(deps: Deps, name: Removable) {
  await wasRemoved(deps, name);
  return ok({});
}

/**
 * The same, by the catalogue's own route (`stay-sidekick.md` §4.6).
 * @throws AppError `not_found` when no PMS is connected
 */
export async function removePmsConfig(deps: Deps) {
  if (await wasRemoved(deps, 'pms')) return ok({});
  throw new AppError('not_found', 'No hay ningún PMS conectado.');
}

async function wasRemoved({ integrations, commit }: Deps, name: Removable): Promise<boolean> {
  const fact = { accion: `integracion.${name}.borrar`, entidad: 'integracion', entidad_id: name, cambios: {} };
  try {
    await commit(fact, [integrations.removing(name)]);
  } catch (thrown) {
    if (thrown instanceof TransactionRefused) return false;
    throw thrown;
  }
  return true;
}
