import { setTimeout as delay } from 'node:timers/promises';
import { eachLimit } from '../../platform/concurrency/each-limit.ts';
import { deleteIf } from '../../platform/dynamo/delete-if.ts';
import { isTransactionConflict, TransactionRefused } from '../../platform/dynamo/storage-errors.ts';
import type { Table, Write } from '../../platform/dynamo/table.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { deviceDigest, deviceKey, deviceLockKey, devicePartition } from './device.keys.ts';
import { type Device, device, isLive } from './device.ts';
import { freeDevice } from './free-device.ts';

/** Apps register each time that they start: who has not for so long has left. */
const KEPT_S = 400 * 86_400;
/** What one request reads. */
const READ_MOST = 100;
const AT_ONCE = 8;
/** Times that registering starts over. */
const ROUNDS = 5;
const LONGEST_WAIT_MS = 50;

const holder = device.pick({ user_id: true, expires_at: true });

/** The devices of one company's people, by the token under which their platform reaches them. */
export class DeviceRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /**
   * Notes a device of a person, who may have several; a token belongs to whoever registered it last, of whatever
   * company, because a device changes hands.
   * @returns false when it was the person's already
   */
  async register({ userId, token }: { readonly userId: string; readonly token: string }, now: Date): Promise<boolean> {
    const { empresaId, table } = this.#scope;
    const seconds = Math.floor(now.getTime() / 1_000);
    const expires_at = seconds + KEPT_S;
    const digest = deviceDigest(token);
    const key = deviceKey(empresaId, digest);
    const owning: Write = { kind: 'put', item: { ...deviceLockKey(digest), empresa_id: empresaId, expires_at } };
    const values = { ':person': userId, ':now': seconds };
    const condition = { expression: 'attribute_not_exists(pk) OR user_id <> :person OR expires_at <= :now', values };
    const item = { ...key, token, user_id: userId, registered_at: now.toISOString(), expires_at };
    const update = { expression: 'SET expires_at = :kept', values: { ':kept': expires_at } };
    const own = { expression: 'user_id = :person', values: { ':person': userId } };
    for (let round = 0; ; round += 1) {
      if (await isCommitted(table, [{ kind: 'put', item, condition }, owning])) return true;
      if (await isCommitted(table, [{ kind: 'update', key, update, condition: own }, owning])) return false;
      // Somebody else registers it in this very moment, or it is just being forgotten.
      if (round === ROUNDS)
        throw new AppError('unavailable', 'Too many changes at once. Try again.', { retryAfter: 1 });
      await delay(Math.random() * LONGEST_WAIT_MS);
    }
  }

  /**
   * Which people have a device: of the rows, who they belong to and nothing else. May be a moment behind: whoever
   * registers right now hears of the next change on it.
   */
  async findHolders(now: Date): Promise<ReadonlySet<string>> {
    const holders = new Set<string>();
    const query = { pk: devicePartition(this.#scope.empresaId), attributes: ['user_id', 'expires_at'] };
    for await (const row of this.#scope.table.queryAll(query)) {
      const { user_id, expires_at } = holder.parse(row);
      if (isLive({ expires_at }, now)) holders.add(user_id);
    }
    return holders;
  }

  /**
   * Every device that can be reached, as it belongs to somebody right now. One that somebody of another company has
   * registered since is forgotten.
   */
  async listLive(now: Date): Promise<readonly Device[]> {
    const live: Device[] = [];
    const query = { pk: devicePartition(this.#scope.empresaId), consistent: true };
    for await (const row of this.#scope.table.queryAll(query)) {
      const found = device.parse(row);
      if (isLive(found, now)) live.push(found);
    }
    const elsewhere = await this.#ofOthers(live);
    await eachLimit(elsewhere, AT_ONCE, async (lost) => {
      await this.#deleteOwn(lost);
    });
    return live.filter((found) => !elsewhere.has(found));
  }

  async #ofOthers(devices: readonly Device[]): Promise<ReadonlySet<Device>> {
    const { empresaId, table } = this.#scope;
    const keys = devices.map(({ token }) => deviceLockKey(deviceDigest(token)));
    const taken = new Set<unknown>();
    for (let first = 0; first < keys.length; first += READ_MOST) {
      const locks = await table.getMany(keys.slice(first, first + READ_MOST), { consistent: true });
      for (const { pk, empresa_id } of locks) if (empresa_id !== empresaId) taken.add(pk);
    }
    return new Set(devices.filter((_, at) => taken.has(keys[at]?.pk)));
  }

  /** Forgets a device that is no more; one that was registered meanwhile, by whomever, stays. */
  async forget(lost: Device): Promise<void> {
    if (await this.#deleteOwn(lost)) await freeDevice(this.#scope, deviceDigest(lost.token));
  }

  /** False when it was registered since it was read. */
  async #deleteOwn({ token, user_id, expires_at }: Device): Promise<boolean> {
    const key = deviceKey(this.#scope.empresaId, deviceDigest(token));
    const values = { ':person': user_id, ':until': expires_at };
    const condition = { expression: 'user_id = :person AND expires_at = :until', values };
    return deleteIf(this.#scope.table, key, condition);
  }
}

/** False when a condition does not hold, or somebody else writes the same rows. */
async function isCommitted(table: Table, writes: readonly Write[]): Promise<boolean> {
  try {
    await table.transact(writes);
    return true;
  } catch (thrown) {
    if (thrown instanceof TransactionRefused || isTransactionConflict(thrown)) return false;
    throw thrown;
  }
}
