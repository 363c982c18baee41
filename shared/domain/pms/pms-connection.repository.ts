import { ConditionFailed } from '../../platform/dynamo/storage-errors.ts';
import type { Condition, Item } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { integrationKey } from '../integration/integration.keys.ts';
import type { PmsProvider } from '../integration/pms-provider.ts';
import type { BreakerState } from './circuit-breaker.ts';
import { type PmsConnection, pmsConnection } from './pms-connection.ts';

/** The use that one company makes of its PMS: written beside the credential, and only while that is the same one. */
export class PmsConnectionRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /** By one read; undefined when nothing is connected. */
  async find(): Promise<PmsConnection | undefined> {
    const row = await this.#scope.table.get(integrationKey(this.#scope.empresaId, 'pms'), { consistent: true });
    return row && pmsConnection.parse(row);
  }

  /** Keeps the credential that a single-use one has become. */
  replaceCredential(used: PmsConnection, sealed: string, account: string | null): Promise<boolean> {
    return this.#set(used, { sealed, account, verificada: true });
  }

  keepAccess(used: PmsConnection, sealed: string, until: Date): Promise<boolean> {
    return this.#set(used, { access_sealed: sealed, access_until: until.toISOString() });
  }

  /** Ends of failures that meet may overwrite one another: the count is a measure, no account. */
  keepBreaker(used: PmsConnection, { failures, until }: BreakerState): Promise<boolean> {
    return this.#set(used, { breaker_failures: failures, breaker_until: until });
  }

  /** @returns false when another one is trying already */
  claimProbe(used: PmsConnection, { failures, until }: BreakerState): Promise<boolean> {
    const unmoved = {
      expression: 'breaker_until = :seen',
      values: { ':seen': used.breaker_until ?? null },
    };
    return this.#set(used, { breaker_failures: failures, breaker_until: until }, unmoved);
  }

  /** Remembers the last good reading of this provider, with whichever credential. */
  notePull(proveedor: PmsProvider, now: string): Promise<boolean> {
    return this.#update(
      { ultimo_sync: now, ultimo_sync_proveedor: proveedor },
      { expression: 'proveedor = :read', values: { ':read': proveedor } },
    );
  }

  /** @returns false when the credential is another one by now, or the condition did not hold */
  #set(used: PmsConnection, fields: Item, also?: Condition): Promise<boolean> {
    const same = 'sealed = :used';
    return this.#update(fields, {
      expression: also === undefined ? same : `${same} AND ${also.expression}`,
      values: { ':used': used.sealed, ...also?.values },
    });
  }

  async #update(fields: Item, condition: Condition): Promise<boolean> {
    const set = Object.entries(fields);
    const update = {
      expression: `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}`,
      names: Object.fromEntries(set.map(([name]) => [`#${name}`, name])),
      values: Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
    };
    const key = integrationKey(this.#scope.empresaId, 'pms');
    try {
      await this.#scope.table.write({ kind: 'update', key, update, condition });
      return true;
    } catch (thrown) {
      if (thrown instanceof ConditionFailed) return false;
      throw thrown;
    }
  }
}
