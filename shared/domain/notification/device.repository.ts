import { ConditionFailed } from '../../platform/dynamo/storage-errors.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { deviceDigest, deviceKey, devicePartition } from './device.keys.ts';
import { type Device, device, isLive } from './device.ts';

/** Apps register each time that they start: who has not for so long has left. */
const KEPT_S = 400 * 86_400;

const holder = device.pick({ user_id: true, expires_at: true });

/** The devices of one company's people, by the token under which their platform reaches them. */
export class DeviceRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /**
   * Notes a device of a person, who may have several; a token belongs to whoever registered it last, because a device
   * changes hands.
   * @returns false when it was the person's already
   */
  async register({ userId, token }: { readonly userId: string; readonly token: string }, now: Date): Promise<boolean> {
    const seconds = Math.floor(now.getTime() / 1_000);
    const expires_at = seconds + KEPT_S;
    const key = deviceKey(this.#scope.empresaId, deviceDigest(token));
    const values = { ':person': userId, ':now': seconds };
    const condition = { expression: 'attribute_not_exists(pk) OR user_id <> :person OR expires_at <= :now', values };
    try {
      await this.#scope.table.write({
        kind: 'put',
        item: { ...key, token, user_id: userId, registered_at: now.toISOString(), expires_at },
        condition,
      });
      return true;
    } catch (thrown) {
      if (!(thrown instanceof ConditionFailed)) throw thrown;
      const update = { expression: 'SET expires_at = :kept', values: { ':kept': expires_at } };
      await this.#scope.table.write({ kind: 'update', key, update });
      return false;
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

  /** Every device that can be reached, as it belongs to somebody right now. */
  async listLive(now: Date): Promise<readonly Device[]> {
    const live: Device[] = [];
    const query = { pk: devicePartition(this.#scope.empresaId), consistent: true };
    for await (const row of this.#scope.table.queryAll(query)) {
      const found = device.parse(row);
      if (isLive(found, now)) live.push(found);
    }
    return live;
  }

  /** Forgets a device that is no more; one that somebody has registered for themselves meanwhile stays. */
  async forget({ token, user_id }: Pick<Device, 'token' | 'user_id'>): Promise<void> {
    const key = deviceKey(this.#scope.empresaId, deviceDigest(token));
    const names = { '#token': 'token' };
    const values = { ':person': user_id, ':token': token };
    const condition = { expression: 'user_id = :person AND #token = :token', names, values };
    try {
      await this.#scope.table.write({ kind: 'delete', key, condition });
    } catch (thrown) {
      if (!(thrown instanceof ConditionFailed)) throw thrown;
    }
  }
}
