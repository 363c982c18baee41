import { shownRole, type User } from '../../../shared/domain/identity/user.ts';
import type { Rights } from '../../../shared/domain/identity/user-writes.ts';
import { toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import { type ChangeBody, shownUser } from '../schemas.ts';
import { type ActedBy, actOnUser, audited, type UserDeps } from './act-on-user.ts';

/** `operativo` turns an admin into a member and leaves the others as they are (ruling 2). */
function roleFor(rol: ChangeBody['rol'], current: User['role']): User['role'] {
  if (rol === 'admin') return 'admin';
  return rol === 'operativo' && current === 'admin' ? 'member' : current;
}

function actionOf(seen: User, wanted: Rights): string {
  if (seen.role !== wanted.role) return 'usuario.rol';
  return wanted.activo ? 'usuario.activar' : 'usuario.desactivar';
}

/**
 * Changes a user's role or switches it on or off. What is so already is neither written nor told, and no session ends.
 * @throws AppError `not_found`, `forbidden` as in {@link actOnUser}; `invalid` for switching off the caller's own
 *   account, or when nobody would be left to administer the company
 */
export async function changeUser(deps: UserDeps, by: ActedBy, userId: string, input: ChangeBody) {
  const changed = await actOnUser(deps, by.actor, userId, async (users, seen) => {
    const wanted = { role: roleFor(input.rol, seen.role), activo: input.activo ?? seen.activo };
    if (wanted.role === seen.role && wanted.activo === seen.activo) return seen;
    if (!wanted.activo && seen.id === by.actor.userId) {
      throw new AppError('invalid', 'No puedes desactivar tu propia cuenta. Pídeselo a otra persona administradora.');
    }
    const now = deps.clock.now();
    const cambios = {
      ...(wanted.role !== seen.role && { rol: shownRole(wanted.role) }),
      ...(wanted.activo !== seen.activo && { activo: wanted.activo }),
    };
    const fact = { accion: actionOf(seen, wanted), entidad_id: seen.id, cambios };
    await users.changeRights(seen, wanted, toOffsetIso(now), audited(deps.scope, by, now, fact));
    return { ...seen, ...wanted };
  });
  return ok({ usuario: shownUser(changed) });
}
