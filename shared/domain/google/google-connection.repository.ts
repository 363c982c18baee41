import { ConditionFailed } from '../../platform/dynamo/storage-errors.ts';
import { type Condition, PRESENT, type Write } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { integrationKey } from '../integration/integration.keys.ts';
import { type BrokenReason, type GoogleConnection, googleConnection, type KnownContacts } from './google-connection.ts';

/** A company's grant at Google. What is changed beside it is changed only while it is the same grant. */
export class GoogleConnectionRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  async find(): Promise<GoogleConnection | undefined> {
    const key = integrationKey(this.#scope.empresaId, 'google');
    const row = await this.#scope.table.get(key, { consistent: true });
    return row === undefined ? undefined : googleConnection.parse(row);
  }

  /** The write that puts this grant in the place of any other. */
  saving(connection: GoogleConnection): Write {
    return { kind: 'put', item: { ...integrationKey(this.#scope.empresaId, 'google'), ...connection } };
  }

  /** Refused when there is none. */
  removing(): Write {
    return { kind: 'delete', key: integrationKey(this.#scope.empresaId, 'google'), condition: PRESENT };
  }

  keepTokens(id: string, sealed: string, tokenExpiry: string): Promise<void> {
    const values = { ':sealed': sealed, ':expiry': tokenExpiry };
    return this.#change(id, { expression: 'SET sealed = :sealed, token_expiry = :expiry', values });
  }

  markBroken(id: string, motivo: BrokenReason): Promise<void> {
    return this.#change(id, {
      expression: 'SET activo = :no, motivo = :motivo',
      values: { ':no': false, ':motivo': motivo },
    });
  }

  keepKnownContacts(id: string, known: KnownContacts): Promise<void> {
    return this.#change(id, { expression: 'SET contactos = :known', values: { ':known': known } });
  }

  /** A grant that was replaced or removed meanwhile stays so. */
  async #change(id: string, update: Condition): Promise<void> {
    const key = integrationKey(this.#scope.empresaId, 'google');
    const condition = { expression: 'id = :same', values: { ':same': id } };
    try {
      await this.#scope.table.write({ kind: 'update', key, update, condition });
    } catch (thrown) {
      if (!(thrown instanceof ConditionFailed)) throw thrown;
    }
  }
}
