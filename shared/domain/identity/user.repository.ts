import { ConditionFailed, TransactionRefused } from '../../platform/dynamo/storage-errors.ts';
import { ABSENT } from '../../platform/dynamo/table.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { emailLockKey, userKey, usernameLockKey, userPartition } from './user.keys.ts';
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

  /**
   * Adds a person with the platform-wide locks on address and user name: all or nothing.
   * @throws AppError `conflict` when either is taken by anybody on the platform
   */
  async create(person: User): Promise<void> {
    const holder = { empresa_id: person.empresa_id, user_id: person.id };
    try {
      await this.#scope.table.transact([
        { kind: 'put', item: { ...emailLockKey(person.email), ...holder }, condition: ABSENT },
        { kind: 'put', item: { ...usernameLockKey(person.username), ...holder }, condition: ABSENT },
        { kind: 'put', item: { ...userKey(this.#scope.empresaId, person.id), ...person }, condition: ABSENT },
      ]);
    } catch (thrown) {
      if (!(thrown instanceof TransactionRefused)) throw thrown;
      throw new AppError('conflict', 'Ya existe un usuario con ese correo.');
    }
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
