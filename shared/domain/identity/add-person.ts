import type { Commit } from '../../platform/dynamo/guarded-write.ts';
import { NEW_PROFILE } from './profile.ts';
import { UserRefused, type UserRepository } from './user.repository.ts';
import type { User } from './user.ts';
import type { CreationLimits } from './user-writes.ts';
import { usernamesFor } from './username.ts';

/** What is known of a person who is to be added; the user name is found. */
export type NewPerson = Pick<
  User,
  'id' | 'empresa_id' | 'number' | 'email' | 'password_hash' | 'role' | 'es_superadmin'
>;

/**
 * Adds a person with a temporary password and the first user name that is free, made from the address.
 *
 * @param now ISO 8601 with offset
 * @throws UserRefused `email_taken`, `company_gone`, `limit`; `username_taken` when every proposed name is somebody's
 */
export async function addPerson(
  users: UserRepository,
  person: NewPerson,
  { now, ...options }: CreationLimits & { readonly commit?: Commit; readonly now: string },
): Promise<User> {
  let refused: UserRefused | undefined;
  for (const username of usernamesFor(person.email, person.id)) {
    const added = newUser(person, username, now);
    try {
      await users.create(added, options);
      return added;
    } catch (thrown) {
      if (!(thrown instanceof UserRefused) || thrown.refusal !== 'username_taken') throw thrown;
      refused = thrown;
    }
  }
  throw refused;
}

function newUser(person: NewPerson, username: string, now: string): User {
  return {
    ...person,
    username,
    activo: true,
    debe_cambiar_password: true,
    password_changed_at: null,
    session_version: 0,
    family_version: 0,
    ...NEW_PROFILE,
    created_at: now,
    updated_at: now,
  };
}
