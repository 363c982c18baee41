import type { AuditFact } from '../../../shared/domain/audit/audit-entry.ts';
import { type GrantRevoker, revokeInTime } from '../../../shared/domain/erasure/grant-revoker.ts';
import type { GoogleConnection } from '../../../shared/domain/google/google-connection.ts';
import { TransactionRefused } from '../../../shared/platform/dynamo/storage-errors.ts';
import type { Write } from '../../../shared/platform/dynamo/table.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';

interface Deps {
  readonly scope: TenantScope;
  readonly connections: { find(): Promise<GoogleConnection | undefined>; removing(): Write };
  readonly grants: GrantRevoker;
  readonly commit: (fact: AuditFact, writes: readonly Write[]) => Promise<unknown>;
}

/**
 * Ends the grant at Google, as far as Google answers in time, and deletes the tokens whatever it says
 * (`integrations.md` §2.1.4).
 * @throws AppError `not_found` when nothing is connected
 */
export async function disconnect({ scope, connections, grants, commit }: Deps) {
  const missing = () => new AppError('not_found', 'No hay ninguna cuenta de Google conectada.');
  if ((await connections.find()) === undefined) throw missing();
  const permiso = await revokeInTime(grants, scope);
  const fact = { accion: 'integracion.google.borrar', entidad: 'integracion', entidad_id: 'google' };
  try {
    await commit({ ...fact, cambios: { permiso } }, [connections.removing()]);
  } catch (thrown) {
    if (thrown instanceof TransactionRefused) throw missing();
    throw thrown;
  }
  return ok({});
}
