import type { TenantKeys } from '../../platform/crypto/tenant-keys.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { eventHeadKey, eventKey } from './event.keys.ts';
import { type EventRow, eventRow, type LoggedEvent, openEvent } from './event.ts';
import { type EventHead, eventHeadOf } from './event-head.ts';

/** Reads a company's event log; writing is {@link EventLog}'s alone. */
export class EventRepository {
  readonly #scope: TenantScope;
  readonly #keys: TenantKeys;

  constructor(scope: TenantScope, keys: TenantKeys) {
    this.#scope = scope;
    this.#keys = keys;
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
  async listBetween(first: number, last: number, limit: number, now: Date): Promise<readonly LoggedEvent[]> {
    if (first > last) return [];
    const { empresaId, table } = this.#scope;
    const { pk, sk: from } = eventKey(empresaId, first);
    const { sk: to } = eventKey(empresaId, last);
    const rows: EventRow[] = [];
    for await (const item of table.queryAll({ pk, from, to, limit, consistent: true })) {
      const row = eventRow.parse(item);
      // TTL may delete days late, and what it has not deleted yet is past its time all the same.
      if (row.expires_at * 1000 > now.getTime()) rows.push(row);
      if (rows.length === limit) break;
    }
    if (rows.length === 0) return [];
    const key = await this.#keys.dataKey(this.#scope, 'guest-data');
    return rows.map((row) => openEvent(key, empresaId, row));
  }
}
