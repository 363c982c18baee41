import { AuditTrail } from '../../../shared/domain/audit/audit-trail.ts';
import { CompanyRepository } from '../../../shared/domain/company/company.repository.ts';
import { changeOwnPassword, type PasswordOutcome } from '../../../shared/domain/identity/change-own-password.ts';
import { UserRepository } from '../../../shared/domain/identity/user.repository.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import { type Clock, toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import type { PasswordBody } from '../schemas.ts';

interface Deps {
  readonly scope: TenantScope;
  readonly clock: Clock;
}

interface ActedBy {
  readonly actor: Actor;
  readonly address: string;
}

const SENTENCES: Readonly<Record<Exclude<PasswordOutcome, 'changed' | 'wrong' | 'overtaken'>, string>> = {
  reused: 'Se parece demasiado a la actual. Elige otra distinta.',
  common: 'Es de las contraseñas que se prueban primero. Elige otra menos corriente.',
  predictable: 'Es una secuencia o una repetición fácil de adivinar. Elige otra.',
  personal: 'Se adivina por tu correo, tu usuario o tu empresa. Elige otra que no los contenga.',
};

/**
 * Replaces the caller's own password and tells of it in the trail; every session made before ends, this one included
 * (ruling 3).
 * @throws AppError `invalid` when the current password is wrong, the new one is weak (D-59) or the user is no more;
 *   `conflict` when the user was changed meanwhile
 */
export async function changePassword({ scope, clock }: Deps, { actor, address }: ActedBy, input: PasswordBody) {
  const users = new UserRepository(scope);
  const [person, employer] = await Promise.all([users.find(actor.userId), new CompanyRepository(scope).find()]);
  const now = clock.now();
  const fact = { accion: 'usuario.contrasena_propia', entidad: 'usuario', entidad_id: actor.userId, cambios: {} };
  const change = {
    current: input.password_actual,
    next: input.password_nueva,
    companyName: employer?.nombre ?? '',
    now: toOffsetIso(now),
  };
  const outcome = await changeOwnPassword(users, person, change, (writes) =>
    new AuditTrail(scope).commit({ actor, address, now }, fact, writes),
  );
  if (outcome !== 'changed') throw refused(outcome);
  return ok({});
}

function refused(outcome: Exclude<PasswordOutcome, 'changed'>): AppError {
  if (outcome === 'wrong') return new AppError('invalid', 'La contraseña actual no es correcta.');
  if (outcome === 'overtaken') {
    return new AppError('conflict', 'Tu usuario ha cambiado mientras tanto. Inicia sesión y vuelve a intentarlo.');
  }
  const message = SENTENCES[outcome];
  return new AppError('invalid', message, { issues: [{ field: 'password_nueva', message }] });
}
