import type { Company } from '../../../shared/domain/company/company.ts';
import { type PasswordWeakness, weaknessOf } from '../../../shared/domain/identity/password-rules.ts';
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
  readonly company: { find(): Promise<Company | undefined> };
  readonly clock: Clock;
}

const SENTENCES: Readonly<Record<PasswordWeakness, string>> = {
  reused: 'Se parece demasiado a la actual. Elige otra distinta.',
  common: 'Es de las contraseñas que se prueban primero. Elige otra menos corriente.',
  predictable: 'Es una secuencia o una repetición fácil de adivinar. Elige otra.',
  personal: 'Se adivina por tu correo o tu empresa. Elige otra que no los contenga.',
};

/**
 * Replaces the caller's own password; every session made before ends, this one included (ruling 3).
 * @throws AppError `invalid` when the current password is wrong, the new one is weak (D-59) or the user is no more
 */
export async function changePassword({ users, company, clock }: Deps, actor: Actor, input: PasswordBody) {
  const [person, employer] = await Promise.all([users.find(actor.userId), company.find()]);
  const matches = await verifyPassword(input.password_actual, person?.password_hash);
  if (person === undefined || !matches) throw new AppError('invalid', 'La contraseña actual no es correcta.');
  const { password_actual: currentPassword, password_nueva } = input;
  const context = { email: person.email, companyName: employer?.nombre ?? '', currentPassword };
  const weakness = weaknessOf(password_nueva, context);
  if (weakness !== undefined) throw weak(SENTENCES[weakness]);
  await users.changePassword(person, await hashPassword(password_nueva), toOffsetIso(clock.now()));
  return ok({});
}

function weak(message: string): AppError {
  return new AppError('invalid', message, { issues: [{ field: 'password_nueva', message }] });
}
