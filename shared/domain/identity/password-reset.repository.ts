import type { Write } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { passwordResetKey } from './password-reset.keys.ts';
import { type PasswordReset, passwordReset } from './password-reset.ts';

/** Ways to a new password that users of one company have asked for; the newest of each counts. */
export class PasswordResetRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  async find(userId: string): Promise<PasswordReset | undefined> {
    const row = await this.#scope.table.get(passwordResetKey(this.#scope.empresaId, userId), { consistent: true });
    return row === undefined ? undefined : passwordReset.parse(row);
  }

  /** The write that offers a reset in the place of any earlier one, to stand in the transaction of its mail. */
  offering(userId: string, reset: PasswordReset): Write {
    return { kind: 'put', item: { ...passwordResetKey(this.#scope.empresaId, userId), ...reset } };
  }

  /** The write that uses a reset up; refused when it was used, or another one was asked for. */
  use(userId: string, { digest }: PasswordReset): Write {
    const condition = { expression: 'digest = :digest', values: { ':digest': digest } };
    return { kind: 'delete', key: passwordResetKey(this.#scope.empresaId, userId), condition };
  }
}
