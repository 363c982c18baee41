import { addPerson, type NewPerson } from '../../../shared/domain/identity/add-person.ts';
import { UserRefused, UserRepository } from '../../../shared/domain/identity/user.repository.ts';
import type { UserRefusal } from '../../../shared/domain/identity/user-writes.ts';
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
  const person = await newPerson(deps, input, await hashPassword(password));
  const now = deps.clock.now();
  const fact = { accion: 'usuario.crear', entidad_id: person.id, cambios: { rol: input.rol } };
  const commit = audited(scope, by, now, fact);
  try {
    const added = await addPerson(new UserRepository(scope), person, { most, commit, now: toOffsetIso(now) });
    return ok({ usuario: shownUser(added), password_temporal: password });
  } catch (thrown) {
    throw thrown instanceof UserRefused ? refused(thrown.refusal, most) : thrown;
  }
}

async function newPerson({ scope, ids }: UserDeps, input: CreationBody, password_hash: string): Promise<NewPerson> {
  return {
    id: ids.uuid(),
    empresa_id: scope.empresaId,
    number: await nextNumbers(scope, 'user', 1),
    email: input.email,
    password_hash,
    role: input.rol === 'admin' ? 'admin' : 'member',
    es_superadmin: false,
  };
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
    case 'username_taken':
      return new AppError('conflict', 'No se ha podido dar de alta al usuario. Vuelve a intentarlo.');
    default:
      return new AppError('conflict', 'Ya existe un usuario con ese correo. Usa otra dirección.');
  }
}
