import { AuditTrail } from '../../../shared/domain/audit/audit-trail.ts';
import { CompanyRepository } from '../../../shared/domain/company/company.repository.ts';
import { changeOwnPassword, type PasswordOutcome } from '../../../shared/domain/identity/change-own-password.ts';
import { UserRepository } from '../../../shared/domain/identity/user.repository.ts';
import { WEAKNESS_SENTENCES } from '../../../shared/domain/identity/weakness-sentences.ts';
import { toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { PasswordBody } from '../schemas.ts';
import type { ActedBy, EditDeps } from './audited-edit.ts';

/**
 * Replaces the caller's own password and tells of it in the trail; every session ends, this one included (ruling 3).
 * @throws AppError `invalid` when the current password is wrong or the new one is weak; `conflict` when the person was
 *   changed meanwhile
 */
export async function changePassword({ scope, clock }: EditDeps, { actor, address }: ActedBy, input: PasswordBody) {
  const users = new UserRepository(scope);
  const [person, company] = await Promise.all([users.find(actor.userId), new CompanyRepository(scope).find()]);
  const now = clock.now();
  const fact = { accion: 'usuario.contrasena_propia', entidad: 'usuario', entidad_id: actor.userId, cambios: {} };
  const change = {
    current: input.current_password,
    next: input.new_password,
    companyName: company?.nombre ?? '',
    now: toOffsetIso(now),
  };
  const outcome = await changeOwnPassword(users, person, change, (writes) =>
    new AuditTrail(scope).commit({ actor, address, now }, fact, writes),
  );
  if (outcome !== 'changed') throw refused(outcome);
  return { detail: 'Password changed' };
}

function refused(outcome: Exclude<PasswordOutcome, 'changed'>): AppError {
  if (outcome === 'overtaken') return new AppError('conflict', 'Your account was changed meanwhile. Log in again.');
  const [field, message] =
    outcome === 'wrong'
      ? ['current_password', 'The current password is not correct.']
      : ['new_password', WEAKNESS_SENTENCES[outcome]];
  return new AppError('invalid', message, { issues: [{ field, message }] });
}
