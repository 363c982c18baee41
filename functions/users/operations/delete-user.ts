import { shownRole } from '../../../shared/domain/identity/user.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import { type ActedBy, actOnUser, audited, type UserDeps } from './act-on-user.ts';

/**
 * Removes a user for good.
 * @throws AppError `not_found`, `forbidden` as in {@link actOnUser}; `invalid` for the caller's own account or the last
 *   admin of the company
 */
export async function deleteUser(deps: UserDeps, by: ActedBy, userId: string) {
  await actOnUser(deps, by.actor, userId, async (users, seen) => {
    if (seen.id === by.actor.userId) {
      throw new AppError('invalid', 'No puedes eliminar tu propia cuenta. Pídeselo a otra persona administradora.');
    }
    const cambios = { rol: shownRole(seen.role) };
    const fact = { accion: 'usuario.eliminar', entidad_id: seen.id, cambios };
    await users.remove(seen, audited(deps.scope, by, deps.clock.now(), fact));
  });
  return ok({});
}
