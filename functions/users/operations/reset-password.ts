import { hashPassword } from '../../../shared/platform/auth/password-hash.ts';
import { temporaryPassword } from '../../../shared/platform/auth/temporary-password.ts';
import { toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import { type ActedBy, actOnUser, audited, type UserDeps } from './act-on-user.ts';

/**
 * Gives a user a temporary password, told once. Of two resets at once the later one counts.
 * @throws AppError `not_found`, `forbidden` as in {@link actOnUser}
 */
export async function resetPassword(deps: UserDeps, by: ActedBy, userId: string) {
  const password = temporaryPassword();
  await actOnUser(deps, by.actor, userId, async (users, seen) => {
    const now = deps.clock.now();
    const fact = { accion: 'usuario.contrasena', entidad_id: seen.id, cambios: {} };
    const hash = await hashPassword(password);
    await users.setTemporaryPassword(seen, hash, toOffsetIso(now), audited(deps.scope, by, now, fact));
  });
  return ok({ password_temporal: password });
}
