import type { User } from '../../../shared/domain/identity/user.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import { hashPassword, verifyPassword } from '../../../shared/platform/auth/password-hash.ts';
import { type Clock, toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { PasswordBody } from '../schemas.ts';

interface Deps {
  readonly users: {
    find(userId: string): Promise<User | undefined>;
    changePassword(seen: User, passwordHash: string, now: string): Promise<void>;
  };
  readonly clock: Clock;
}

/**
 * Replaces the caller's own password; every session made before ends, this one included (ruling 3).
 * @throws AppError `invalid` when the current password is wrong or the user is no more
 */
export async function changePassword({ users, clock }: Deps, actor: Actor, input: PasswordBody) {
  const person = await users.find(actor.userId);
  const matches = await verifyPassword(input.password_actual, person?.password_hash);
  if (person === undefined || !matches) throw new AppError('invalid', 'La contraseña actual no es correcta.');
  await users.changePassword(person, await hashPassword(input.password_nueva), toOffsetIso(clock.now()));
  return ok({});
}
