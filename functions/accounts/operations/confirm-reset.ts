import { AuditTrail } from '../../../shared/domain/audit/audit-trail.ts';
import { PasswordResetRepository } from '../../../shared/domain/identity/password-reset.repository.ts';
import { opensReset, readResetUid } from '../../../shared/domain/identity/password-reset.ts';
import { weaknessOf } from '../../../shared/domain/identity/password-rules.ts';
import { mayEnter, type SignInRepository } from '../../../shared/domain/identity/sign-in.repository.ts';
import { sessionVersionOf } from '../../../shared/domain/identity/token-family.ts';
import { UserRefused, UserRepository } from '../../../shared/domain/identity/user.repository.ts';
import { WEAKNESS_SENTENCES } from '../../../shared/domain/identity/weakness-sentences.ts';
import { hashPassword } from '../../../shared/platform/auth/password-hash.ts';
import { type Clock, toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import { TransactionRefused } from '../../../shared/platform/dynamo/storage-errors.ts';
import type { Table } from '../../../shared/platform/dynamo/table.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import type { ConfirmBody } from '../schemas.ts';

interface Deps {
  readonly table: Table;
  readonly people: SignInRepository;
  readonly clock: Clock;
}

/** One answer to every way that leads nowhere: unknown, used, out of time, or overtaken by another change. */
function noWay(): AppError {
  const message = 'Invalid or expired token';
  return new AppError('invalid', message, { issues: [{ field: 'token', message }] });
}

/**
 * Sets a new password by the way that was sent, and uses the way up in the same transaction: of any number of calls at
 * once one succeeds. Every session from before ends (ruling 3).
 * @throws AppError `invalid` for a way that leads nowhere, and for a weak password, which leaves the way open
 */
export async function confirmReset(deps: Deps, { uid, token, new_password }: ConfirmBody, address: string) {
  const person = readResetUid(uid);
  if (person === undefined) throw noWay();
  const scope = new TenantScope(deps.table, person.empresaId);
  const resets = new PasswordResetRepository(scope);
  const [owner, reset] = await Promise.all([
    deps.people.find(person.empresaId, person.userId),
    resets.find(person.userId),
  ]);
  const now = deps.clock.now();
  const opens = owner && reset && mayEnter(owner) && opensReset(reset, token, sessionVersionOf(owner), now);
  if (!opens) throw noWay();
  const { email, username } = owner.user;
  const context = { email, username, companyName: owner.company.nombre, currentPassword: '' };
  const weakness = weaknessOf(new_password, context);
  if (weakness !== undefined) throw weak(WEAKNESS_SENTENCES[weakness]);
  const fact = { accion: 'usuario.contrasena_recuperada', entidad: 'usuario', entidad_id: owner.user.id, cambios: {} };
  const origin = { actor: undefined, address, now };
  try {
    await new UserRepository(scope).changePassword(
      owner.user,
      await hashPassword(new_password),
      toOffsetIso(now),
      (writes) => new AuditTrail(scope).commit(origin, fact, [...writes, resets.use(owner.user.id, reset)]),
    );
  } catch (thrown) {
    if (thrown instanceof UserRefused || thrown instanceof TransactionRefused) throw noWay();
    throw thrown;
  }
  return { detail: 'Password changed' };
}

function weak(message: string): AppError {
  return new AppError('invalid', message, { issues: [{ field: 'new_password', message }] });
}
