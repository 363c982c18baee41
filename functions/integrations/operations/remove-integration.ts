import type { AuditFact } from '../../../shared/domain/audit/audit-entry.ts';
import type { IntegrationName } from '../../../shared/domain/integration/integration.keys.ts';
import { TransactionRefused } from '../../../shared/platform/dynamo/storage-errors.ts';
import type { Write } from '../../../shared/platform/dynamo/table.ts';
import { ok } from '../../../shared/platform/http/answers.ts';

interface Deps {
  readonly integrations: { removing(name: IntegrationName): Write };
  readonly commit: (fact: AuditFact, writes: readonly Write[]) => Promise<unknown>;
}

/** Removes an integration with its key; what is not there is removed already, and leaves no audit entry (S-20, S-21). */
export async function removeIntegration({ integrations, commit }: Deps, name: 'pms' | 'ia') {
  const fact = { accion: `integracion.${name}.borrar`, entidad: 'integracion', entidad_id: name, cambios: {} };
  try {
    await commit(fact, [integrations.removing(name)]);
  } catch (thrown) {
    if (!(thrown instanceof TransactionRefused)) throw thrown;
  }
  return ok({});
}
