import { ConditionFailed } from '../../platform/dynamo/storage-errors.ts';
import { ABSENT, type Write } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { familyKey, familyPartition } from './token-family.keys.ts';
import { type FamilyToken, type TokenFamily, tokenFamily } from './token-family.ts';

/** Rows are kept a day longer than what they tell of. */
const KEPT_S = 86_400;

/** The refresh families of one company's users. */
export class TokenFamilyRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  async begin(family: TokenFamily): Promise<void> {
    const item = { ...this.#keyOf(family), ...family, expires_at: family.newest.exp + KEPT_S };
    await this.#scope.table.write({ kind: 'put', item, condition: ABSENT });
  }

  /** All families of a user that have not been cleared away, revoked ones too. */
  async listOf(userId: string): Promise<readonly TokenFamily[]> {
    const query = { pk: familyPartition(this.#scope.empresaId), prefix: `${userId}#`, consistent: true };
    const families: TokenFamily[] = [];
    for await (const row of this.#scope.table.queryAll(query)) families.push(tokenFamily.parse(row));
    return families;
  }

  /**
   * Gives the newest token its successor.
   * @returns false when it has one already, or the family was revoked meanwhile
   */
  async rotate(seen: TokenFamily, successor: FamilyToken): Promise<boolean> {
    const update = {
      expression: 'SET newest = :next, previous = :presented, expires_at = :kept',
      values: { ':next': successor, ':presented': seen.newest.jti, ':kept': successor.exp + KEPT_S },
    };
    const condition = {
      expression: 'newest.jti = :presented AND revoked_at = :never',
      values: { ':presented': seen.newest.jti, ':never': null },
    };
    try {
      await this.#scope.table.write({ kind: 'update', key: this.#keyOf(seen), update, condition });
      return true;
    } catch (thrown) {
      if (!(thrown instanceof ConditionFailed)) throw thrown;
      return false;
    }
  }

  /** @returns false when somebody revoked it already. @param now ISO 8601 with offset */
  async revoke(family: TokenFamily, now: string): Promise<boolean> {
    try {
      await this.#scope.table.write(this.revocation(family, now));
      return true;
    } catch (thrown) {
      if (!(thrown instanceof ConditionFailed)) throw thrown;
      return false;
    }
  }

  /** The write that revokes a family, to stand in a transaction; refused when somebody did so already. */
  revocation(family: TokenFamily, now: string): Extract<Write, { kind: 'update' }> {
    return {
      kind: 'update',
      key: this.#keyOf(family),
      update: { expression: 'SET revoked_at = :now', values: { ':now': now } },
      condition: { expression: 'revoked_at = :never', values: { ':never': null } },
    };
  }

  #keyOf({ user_id, id }: Pick<TokenFamily, 'user_id' | 'id'>) {
    return familyKey(this.#scope.empresaId, user_id, id);
  }
}
