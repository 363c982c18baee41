import type { AuditFact } from '../../../shared/domain/audit/audit-entry.ts';
import { AuditTrail } from '../../../shared/domain/audit/audit-trail.ts';
import { UserRefused, UserRepository } from '../../../shared/domain/identity/user.repository.ts';
import type { User } from '../../../shared/domain/identity/user.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import type { Clock } from '../../../shared/platform/clock/clock.ts';
import type { Commit } from '../../../shared/platform/dynamo/guarded-write.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { Ids } from '../../../shared/platform/ids/ids.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';

/** What every write about a user is handed; `scope` is the acted-on company's. */
export interface UserDeps {
  readonly scope: TenantScope;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Who acts, and from which address. */
export interface ActedBy {
  readonly actor: Actor;
  readonly address: string;
}

/** Commits the writes with an entry in the acted-on company's trail. `cambios` names no person. */
export function audited(
  scope: TenantScope,
  { actor, address }: ActedBy,
  now: Date,
  fact: Pick<AuditFact, 'accion' | 'entidad_id' | 'cambios'>,
): Commit {
  return (writes) => new AuditTrail(scope).commit({ actor, address, now }, { entidad: 'usuario', ...fact }, writes);
}

/** Times that a write starts over because its user changed meanwhile. */
const ROUNDS = 5;

/**
 * Reads a user, lets `act` write what follows from it, and starts over when the user changed in between.
 * @throws AppError `not_found`; `forbidden` for a superadmin under the hands of anybody else (D-03): 403 and not 404,
 *   because the list shows the user, and it is the caller's rights that fall short; `invalid` for the last admin
 */
export async function actOnUser<T>(
  { scope }: UserDeps,
  actor: Actor,
  userId: string,
  act: (users: UserRepository, seen: User) => Promise<T>,
): Promise<T> {
  const users = new UserRepository(scope);
  for (let round = 0; round < ROUNDS; round += 1) {
    const seen = await users.find(userId);
    if (seen === undefined) throw new AppError('not_found', 'No existe ese usuario.');
    if (seen.es_superadmin && !actor.esSuperadmin) {
      throw new AppError('forbidden', 'Acceso denegado: solo un superadministrador puede modificar a otro.');
    }
    try {
      return await act(users, seen);
    } catch (thrown) {
      if (!(thrown instanceof UserRefused)) throw thrown;
      if (thrown.refusal === 'last_admin') throw lastAdmin();
    }
  }
  throw new AppError('conflict', 'El usuario ha cambiado mientras tanto. Vuelve a intentarlo.');
}

function lastAdmin(): AppError {
  const message = 'Es la última persona administradora activa de la empresa. Nombra antes a otra.';
  return new AppError('invalid', message);
}
