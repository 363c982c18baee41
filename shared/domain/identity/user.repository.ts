import { ConditionFailed } from '../../platform/dynamo/storage-errors.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { userKey, userPartition } from './user.keys.ts';
import { type User, user } from './user.ts';

/** The users of one company. */
export class UserRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  async find(userId: string): Promise<User | undefined> {
    const row = await this.#scope.table.get(userKey(this.#scope.empresaId, userId), { consistent: true });
    return row === undefined ? undefined : user.parse(row);
  }

  /** Active admins and managers: those whom a late arrival concerns (ruling 13). A company has few users: one page. */
  async listOverseers(): Promise<readonly User[]> {
    const overseers: User[] = [];
    for await (const row of this.#scope.table.queryAll({ pk: userPartition(this.#scope.empresaId) })) {
      const person = user.parse(row);
      if (person.activo && (person.role === 'admin' || person.role === 'manager')) overseers.push(person);
    }
    return overseers;
  }

  /**
   * Sets a password of the person's own choice and ends every session made before.
   * @throws AppError `conflict` when the user changed since `seen` was read
   */
  async changePassword(seen: User, passwordHash: string, now: string): Promise<void> {
    const expression =
      'SET password_hash = :hash, password_changed_at = :now, updated_at = :now, debe_cambiar_password = :no, session_version = session_version + :one';
    try {
      await this.#scope.table.write({
        kind: 'update',
        key: userKey(this.#scope.empresaId, seen.id),
        update: { expression, values: { ':hash': passwordHash, ':now': now, ':no': false, ':one': 1 } },
        condition: { expression: 'session_version = :seen', values: { ':seen': seen.session_version } },
      });
    } catch (thrown) {
      if (!(thrown instanceof ConditionFailed)) throw thrown;
      throw new AppError('conflict', 'Tu usuario ha cambiado mientras tanto. Inicia sesión y vuelve a intentarlo.');
    }
  }
}
