import { type ListPage, listNewest, type PageRequest } from '../../platform/dynamo/list-newest.ts';
import { TransactionRefused } from '../../platform/dynamo/storage-errors.ts';
import type { Write } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { lateRunKey, lateRunPartition, notifiedKey } from './late-run.keys.ts';
import { type LateRun, lateRun, type NotifiedArrivals } from './late-run.ts';

const RUNS_KEPT_S = 30 * 86_400;
const NOTIFIED_KEPT_S = 7 * 86_400;

/** The runs of one company and what they have notified. */
export class LateRunRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  async notifiedOn(serviceDay: string): Promise<NotifiedArrivals> {
    const row = await this.#scope.table.get(notifiedKey(this.#scope.empresaId, serviceDay), { consistent: true });
    return { ids: new Set((row?.ids ?? []) as string[]), version: Number(row?.version ?? 0) };
  }

  /**
   * Run, notified arrivals and the outbox entries that tell of them, all or nothing.
   * @returns false when another run has notified something of that day since `seen` was read: nothing was written
   */
  async finish(
    run: LateRun,
    seen: NotifiedArrivals,
    added: readonly string[],
    additions: readonly Write[],
  ): Promise<boolean> {
    try {
      await this.#scope.table.transact([
        this.#recordOf(run),
        ...(added.length > 0 ? [this.#notifiedOf(run, seen, added)] : []),
        ...additions,
      ]);
      return true;
    } catch (thrown) {
      if (thrown instanceof TransactionRefused) return false;
      throw thrown;
    }
  }

  list(page: PageRequest): Promise<ListPage<LateRun>> {
    return listNewest(this.#scope, lateRunPartition(this.#scope.empresaId), page, (item) => lateRun.parse(item));
  }

  #recordOf(run: LateRun): Write {
    const key = lateRunKey(this.#scope.empresaId, run.inicio, run.id);
    return { kind: 'put', item: { ...key, ...run, expires_at: secondsOf(run.inicio) + RUNS_KEPT_S } };
  }

  #notifiedOf(run: LateRun, seen: NotifiedArrivals, added: readonly string[]): Write {
    const item = {
      ...notifiedKey(this.#scope.empresaId, run.fecha_servicio),
      ids: [...seen.ids, ...added],
      version: seen.version + 1,
      expires_at: secondsOf(run.inicio) + NOTIFIED_KEPT_S,
    };
    const expression = seen.version === 0 ? 'attribute_not_exists(pk)' : 'version = :seen';
    const values = seen.version === 0 ? {} : { ':seen': seen.version };
    return { kind: 'put', item, condition: { expression, values } };
  }
}

function secondsOf(instant: string): number {
  return Math.floor(Date.parse(instant) / 1000);
}
