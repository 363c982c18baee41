import type { TenantKeys } from '../../platform/crypto/tenant-keys.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { eventHeadKey, eventKey } from './event.keys.ts';
import { type EventRow, eventRow, isKept, type LoggedEvent, openEvent } from './event.ts';
import { type EventHead, eventHeadOf } from './event-head.ts';

/** Reads a company's event log; writing is {@link EventLog}'s alone. */
export class EventRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /** Where the log ends. */
  async findHead(): Promise<EventHead> {
    const { empresaId, table } = this.#scope;
    return eventHeadOf(await table.get(eventHeadKey(empresaId), { consistent: true }));
  }

  /**
   * The events with the numbers from `first` to `last`, both included and in order, but those past their time.
   * @param limit how many at most
   */
  async listBetween(first: number, last: number, limit: number, now: Date): Promise<readonly EventRow[]> {
    if (first > last) return [];
    const { empresaId, table } = this.#scope;
    const { pk, sk: from } = eventKey(empresaId, first);
    const { sk: to } = eventKey(empresaId, last);
    const rows: EventRow[] = [];
    for await (const item of table.queryAll({ pk, from, to, limit, consistent: true })) {
      const row = eventRow.parse(item);
      if (isKept(row, now)) rows.push(row);
      if (rows.length === limit) break;
    }
    return rows;
  }
}

/** The events of rows, opened under the company's key. */
export async function openEvents(
  keys: TenantKeys,
  scope: TenantScope,
  rows: readonly EventRow[],
): Promise<readonly LoggedEvent[]> {
  if (rows.length === 0) return [];
  const key = await keys.dataKey(scope, 'guest-data');
  return rows.map((row) => openEvent(key, scope.empresaId, row));
}
