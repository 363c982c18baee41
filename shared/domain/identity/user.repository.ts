import { type Commit, commitGuarded } from '../../platform/dynamo/guarded-write.ts';
import { ConditionFailed } from '../../platform/dynamo/storage-errors.ts';
import { type Condition, PRESENT, type Write } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { userKey, userPartition } from './user.keys.ts';
import { type User, user } from './user.ts';
import { changesOf, editWrites, type UserEdit } from './user-edit.ts';
import {
  type CreationLimits,
  creationWrites,
  ownPasswordWrites,
  type Rights,
  removalWrites,
  rightsWrites,
  temporaryPasswordWrites,
  type UserRefusal,
  type UserWrite,
} from './user-writes.ts';

/** A write about a user did not take place; nothing was written. */
export class UserRefused extends Error {
  override readonly name = 'UserRefused';
  readonly refusal: UserRefusal;

  constructor(refusal: UserRefusal) {
    super(`A write about a user was refused: ${refusal}`);
    this.refusal = refusal;
  }
}

/** The users of one company. Whatever changes their number or their rights keeps the company's headcount too. */
export class UserRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  async find(userId: string): Promise<User | undefined> {
    const row = await this.#scope.table.get(userKey(this.#scope.empresaId, userId), { consistent: true });
    return row === undefined ? undefined : user.parse(row);
  }

  /** All users in the order in which they came. A company has few: seldom more than one page. */
  async list(): Promise<readonly User[]> {
    const people: User[] = [];
    const query = { pk: userPartition(this.#scope.empresaId), consistent: true };
    for await (const row of this.#scope.table.queryAll(query)) people.push(user.parse(row));
    return people.sort((a, b) => a.created_at.localeCompare(b.created_at) || a.number - b.number);
  }

  /** Active admins and managers: those whom a late arrival concerns (ruling 13). */
  async listOverseers(): Promise<readonly User[]> {
    const overseers = ['admin', 'manager'];
    return (await this.list()).filter(({ activo, role }) => activo && overseers.includes(role));
  }

  /**
   * Adds a person with the platform-wide locks on address and user name: all or nothing.
   * @param options limits that are looked at, and who commits
   * @throws UserRefused `company_gone`, `limit`, `email_taken`, `username_taken`: the first of them that holds
   */
  async create(person: User, options: CreationLimits & { readonly commit?: Commit } = {}): Promise<void> {
    await this.#write(creationWrites(person, options), options.commit);
  }

  /**
   * Removes a person for good; address and user name are free at once.
   * @throws UserRefused `changed` when the user is not as `seen` any more, `last_admin`
   */
  async remove(seen: User, commit?: Commit): Promise<void> {
    await this.#write(removalWrites(seen), commit);
  }

  /**
   * Gives a person another role or switches it on or off; every session made before ends.
   * @param now ISO 8601 with offset
   * @throws UserRefused `changed` when the user is not as `seen` any more, `last_admin`
   */
  async changeRights(seen: User, wanted: Rights, now: string, commit?: Commit): Promise<void> {
    await this.#write(rightsWrites(seen, wanted, now), commit);
  }

  /**
   * Sets a temporary password, which its owner has to change; every session made before ends.
   * @throws UserRefused `changed` when the user is not as `seen` any more
   */
  async setTemporaryPassword(seen: User, passwordHash: string, now: string, commit?: Commit): Promise<void> {
    await this.#write(temporaryPasswordWrites(seen, passwordHash, now), commit);
  }

  /**
   * Sets a password of the person's own choice and ends every session made before.
   * @throws UserRefused `changed` when the user is not as `seen` any more
   */
  async changePassword(seen: User, passwordHash: string, now: string, commit?: Commit): Promise<void> {
    await this.#write(ownPasswordWrites(seen, passwordHash, now), commit);
  }

  /** The user whom Aristay's clients know by this integer. A company's users are seldom more than one page. */
  async findByNumber(number: number): Promise<User | undefined> {
    return (await this.list()).find((person) => person.number === number);
  }

  /**
   * Edits what differs from `seen`; nothing is written where nothing does. Another role or state ends the sessions.
   * @returns the person as edited
   * @throws UserRefused `changed` when the user is not as `seen` any more, `email_taken`, `last_admin`
   */
  async edit(
    seen: User,
    wanted: UserEdit,
    now: string,
    commit: (changes: UserEdit, writes: readonly Write[]) => Promise<unknown>,
  ): Promise<User> {
    const changes = changesOf(seen, wanted);
    if (Object.keys(changes).length === 0) return seen;
    await this.#write(editWrites(seen, changes, now), (writes) => commit(changes, writes));
    return { ...seen, ...(changes as Partial<User>), updated_at: now };
  }

  /** Notes a log-in, for people to read. A user who is gone meanwhile stays gone. @param now ISO 8601 with offset */
  async noteLogin(userId: string, now: string): Promise<void> {
    await this.#ifThere(userId, { expression: 'SET last_login = :now', values: { ':now': now } });
  }

  /** Ends every refresh family of a user that was begun before. */
  async endFamilies(userId: string): Promise<void> {
    await this.#ifThere(userId, { expression: 'ADD family_version :one', values: { ':one': 1 } });
  }

  async #ifThere(userId: string, update: Condition): Promise<void> {
    const key = userKey(this.#scope.empresaId, userId);
    try {
      await this.#scope.table.write({ kind: 'update', key, update, condition: PRESENT });
    } catch (thrown) {
      if (!(thrown instanceof ConditionFailed)) throw thrown;
    }
  }

  /** The order of the writes is the order in which their refusals are told. */
  #write(guarded: readonly UserWrite[], commit: Commit = (writes) => this.#scope.table.transact(writes)) {
    return commitGuarded(guarded, commit, (refusal) => new UserRefused(refusal));
  }
}
