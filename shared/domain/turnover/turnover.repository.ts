import { ABSENT, type Write } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { turnoverKey, turnoverPartition } from './turnover.keys.ts';
import { type Turnover, turnover } from './turnover.ts';

/** Rows that one request for many brings. */
const AT_ONCE = 100;

/** What became of the check-outs of one company. */
export class TurnoverRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /** Those of some bookings, as they stand this instant: a hundred in one round trip. */
  async findMany(bookingIds: readonly number[]): Promise<readonly Turnover[]> {
    const keys = bookingIds.map((id) => turnoverKey(this.#scope.empresaId, id));
    const found: Turnover[] = [];
    for (let from = 0; from < keys.length; from += AT_ONCE) {
      const rows = await this.#scope.table.getMany(keys.slice(from, from + AT_ONCE), { consistent: true });
      found.push(...rows.map((row) => turnover.parse(row)));
    }
    return found;
  }

  /** All of them, by booking. */
  async list(): Promise<readonly Turnover[]> {
    const found: Turnover[] = [];
    const query = { pk: turnoverPartition(this.#scope.empresaId), consistent: true };
    for await (const row of this.#scope.table.queryAll(query)) found.push(turnover.parse(row));
    return found;
  }

  /** The write of one, to stand in the transaction of its booking; it holds only while the row is as it was read. */
  saving(next: Omit<Turnover, 'version'>, seen: Turnover | undefined): Write {
    const item = { ...turnoverKey(this.#scope.empresaId, next.booking_id), ...next, version: (seen?.version ?? 0) + 1 };
    const unchanged = { expression: 'version = :seen', values: { ':seen': seen?.version } };
    return { kind: 'put', item, condition: seen === undefined ? ABSENT : unchanged };
  }
}
