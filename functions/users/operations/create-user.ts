import { NEW_PROFILE } from '../../../shared/domain/identity/profile.ts';
import { UserRefused, UserRepository } from '../../../shared/domain/identity/user.repository.ts';
import type { User } from '../../../shared/domain/identity/user.ts';
import type { UserRefusal } from '../../../shared/domain/identity/user-writes.ts';
import { usernamesFor } from '../../../shared/domain/identity/username.ts';
import { hashPassword } from '../../../shared/platform/auth/password-hash.ts';
import { temporaryPassword } from '../../../shared/platform/auth/temporary-password.ts';
import { toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import { nextNumbers } from '../../../shared/platform/dynamo/counter.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import { type CreationBody, shownUser } from '../schemas.ts';
import { type ActedBy, audited, type UserDeps } from './act-on-user.ts';
import { targetCompany } from './target-company.ts';

/**
 * Adds a user with a temporary password, told once. Limit and uniqueness are conditions of the one transaction.
 * @throws AppError `not_found` for an unknown company, `invalid` when it has all the users that it may, `conflict` when
 *   anybody on the platform has the address: in this order
 */
export async function createUser(deps: UserDeps, by: ActedBy, input: CreationBody) {
  const { scope } = deps;
  const { max_usuarios: most } = await targetCompany(scope);
  const password = temporaryPassword();
  const person = await newUser(deps, input, await hashPassword(password));
  const cambios = { rol: input.rol };
  const commit = audited(scope, by, deps.clock.now(), { accion: 'usuario.crear', entidad_id: person.id, cambios });
  const users = new UserRepository(scope);
  for (const username of usernamesFor(input.email, person.id)) {
    try {
      await users.create({ ...person, username }, { most, commit });
      return ok({ usuario: shownUser(person), password_temporal: password });
    } catch (thrown) {
      if (!(thrown instanceof UserRefused)) throw thrown;
      if (thrown.refusal !== 'username_taken') throw refused(thrown.refusal, most);
    }
  }
  throw new AppError('conflict', 'No se ha podido dar de alta al usuario. Vuelve a intentarlo.');
}

async function newUser({ scope, clock, ids }: UserDeps, input: CreationBody, password_hash: string) {
  const created_at = toOffsetIso(clock.now());
  const person: Omit<User, 'username'> = {
    id: ids.uuid(),
    empresa_id: scope.empresaId,
    number: await nextNumbers(scope, 'user', 1),
    email: input.email,
    password_hash,
    role: input.rol === 'admin' ? 'admin' : 'member',
    es_superadmin: false,
    activo: true,
    debe_cambiar_password: true,
    password_changed_at: null,
    session_version: 0,
    family_version: 0,
    ...NEW_PROFILE,
    created_at,
    updated_at: created_at,
  };
  return person;
}

function refused(refusal: UserRefusal, most: number): AppError {
  switch (refusal) {
    case 'company_gone':
      return new AppError('not_found', 'No existe esa empresa. Revisa empresa_id.');
    case 'limit':
      return new AppError(
        'invalid',
        `La empresa ya tiene el máximo de ${most} usuarios. Elimina alguno o amplía el límite.`,
      );
    default:
      return new AppError('conflict', 'Ya existe un usuario con ese correo. Usa otra dirección.');
  }
}
