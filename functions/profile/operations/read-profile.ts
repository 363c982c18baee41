import { shownRole, type User } from '../../../shared/domain/identity/user.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { ok } from '../../../shared/platform/http/answers.ts';

interface Deps {
  readonly users: { find(userId: string): Promise<User | undefined> };
}

/** @throws AppError `not_found` when the token's user is no more */
export async function readProfile({ users }: Deps, actor: Actor) {
  const person = await users.find(actor.userId);
  if (person === undefined) throw new AppError('not_found', 'Tu usuario ya no existe.');
  const { email, empresa_id, password_changed_at } = person;
  return ok({ data: { email, rol: shownRole(person.role), empresa_id, password_changed_at } });
}
