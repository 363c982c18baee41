import { ConditionFailed } from '../../platform/dynamo/storage-errors.ts';
import { ABSENT, PRESENT } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { oauthStateKey } from './oauth-state.keys.ts';
import type { OauthState } from './oauth-state.ts';

/** Consents that are under way: each can be used once (D-11). */
export class OauthStateRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  async add({ nonce, userId, expires }: OauthState): Promise<void> {
    const item = { ...oauthStateKey(this.#scope.empresaId, nonce), user_id: userId, expires_at: expires };
    await this.#scope.table.write({ kind: 'put', item, condition: ABSENT });
  }

  /** True for the first who asks, false for everybody after. */
  async use({ nonce }: OauthState): Promise<boolean> {
    const key = oauthStateKey(this.#scope.empresaId, nonce);
    try {
      await this.#scope.table.write({ kind: 'delete', key, condition: PRESENT });
      return true;
    } catch (thrown) {
      if (thrown instanceof ConditionFailed) return false;
      throw thrown;
    }
  }
}
