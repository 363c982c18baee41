import { hashPassword, verifyPassword } from '../../platform/auth/password-hash.ts';
import type { Commit } from '../../platform/dynamo/guarded-write.ts';
import { type PasswordWeakness, weaknessOf } from './password-rules.ts';
import { UserRefused, type UserRepository } from './user.repository.ts';
import type { User } from './user.ts';

/** What a person says to change the own password; nothing is ever altered. */
export interface PasswordChange {
  readonly current: string;
  readonly next: string;
  /** A password must not be it. */
  readonly companyName: string;
  /** ISO 8601 with offset. */
  readonly now: string;
}

/** `wrong`: not the current password; `overtaken`: the person was changed meanwhile; else why the new one is weak. */
export type PasswordOutcome = 'changed' | 'wrong' | 'overtaken' | PasswordWeakness;

/**
 * Replaces a person's own password; every session made before ends, the one that asks included (ruling 3). The current
 * password is looked at first, so that the rules tell nothing to whoever does not know it.
 * @param person undefined when there is nobody any more: the same work, and `wrong`
 */
export async function changeOwnPassword(
  users: Pick<UserRepository, 'changePassword'>,
  person: User | undefined,
  { current, next, companyName, now }: PasswordChange,
  commit: Commit,
): Promise<PasswordOutcome> {
  const matches = await verifyPassword(current, person?.password_hash);
  if (person === undefined || !matches) return 'wrong';
  const { email, username } = person;
  const weakness = weaknessOf(next, { email, username, companyName, currentPassword: current });
  if (weakness !== undefined) return weakness;
  try {
    await users.changePassword(person, await hashPassword(next), now, commit);
    return 'changed';
  } catch (thrown) {
    if (thrown instanceof UserRefused) return 'overtaken';
    throw thrown;
  }
}
