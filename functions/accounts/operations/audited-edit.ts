import type { AuditFact } from '../../../shared/domain/audit/audit-entry.ts';
import { AuditTrail } from '../../../shared/domain/audit/audit-trail.ts';
import type { Profile } from '../../../shared/domain/identity/profile.ts';
import { UserRefused, UserRepository } from '../../../shared/domain/identity/user.repository.ts';
import type { User } from '../../../shared/domain/identity/user.ts';
import type { UserEdit } from '../../../shared/domain/identity/user-edit.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import { type Clock, toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';

export interface EditDeps {
  readonly scope: TenantScope;
  readonly clock: Clock;
}

/** Who acts, and from which address. */
export interface ActedBy {
  readonly actor: Actor;
  readonly address: string;
}

/** What the trail calls a field, and whether it tells the value: it names nobody. */
const TOLD: Readonly<Partial<Record<keyof Profile | 'email' | 'role' | 'activo', string>>> = {
  role: 'rol',
  activo: 'activo',
  task_group: 'grupo',
  can_view_team_tasks: 've_su_equipo',
  can_view_other_teams: 've_otros_equipos',
  permission_overrides: 'permisos',
  timezone: 'zona_horaria',
};

function factOf(person: User, changes: UserEdit): AuditFact {
  const cambios = Object.entries(changes).map(([field, value]) => {
    const name = TOLD[field as keyof UserEdit];
    if (name === undefined) return [field, 'cambiado'];
    return [name, Array.isArray(value) ? value.join(' ') : value];
  });
  return { accion: 'usuario.editar', entidad: 'usuario', entidad_id: person.id, cambios: Object.fromEntries(cambios) };
}

/** Times that an edit starts over because its person changed meanwhile. */
const ROUNDS = 5;

function fieldError(field: string, message: string): AppError {
  return new AppError('invalid', message, { issues: [{ field, message }] });
}

/**
 * Reads a person, edits what `judge` allows, and tells of it in the trail; starts over when the person changed in
 * between.
 * @param judge what is to be edited; throws what forbids it
 * @throws AppError `not_found`; `invalid` for an address that is taken, or the last active admin
 */
export async function auditedEdit(
  { scope, clock }: EditDeps,
  { actor, address }: ActedBy,
  find: (users: UserRepository) => Promise<User | undefined>,
  judge: (seen: User) => UserEdit,
): Promise<User> {
  const users = new UserRepository(scope);
  for (let round = 0; round < ROUNDS; round += 1) {
    const seen = await find(users);
    if (seen === undefined) throw new AppError('not_found', 'Not found.');
    const now = clock.now();
    try {
      return await users.edit(seen, judge(seen), toOffsetIso(now), (changes, writes) =>
        new AuditTrail(scope).commit({ actor, address, now }, factOf(seen, changes), writes),
      );
    } catch (thrown) {
      if (!(thrown instanceof UserRefused)) throw thrown;
      if (thrown.refusal === 'email_taken') throw fieldError('email', 'A user with that email already exists.');
      if (thrown.refusal === 'last_admin') throw lastAdmin();
    }
  }
  throw new AppError('conflict', 'The user was changed by somebody else. Try again.');
}

function lastAdmin(): AppError {
  return new AppError('invalid', 'This is the last active admin of the company. Make somebody else one first.');
}
