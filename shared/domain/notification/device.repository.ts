import { ConditionFailed } from '../../platform/dynamo/storage-errors.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { deviceDigest, deviceKey } from './device.keys.ts';

/** Apps register each time that they start: who has not for so long has left. */
const KEPT_S = 400 * 86_400;

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
}
