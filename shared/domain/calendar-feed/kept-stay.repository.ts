import type { DataKey } from '../../platform/crypto/sealed.ts';
import { ABSENT, type Write } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { calendarStayKey, calendarStayPartition, staysOfFeed } from './calendar-feed.keys.ts';
import { type KeptStay, openStay, sealStay } from './kept-stay.ts';

/** The stays that the feeds of one company have told of. */
export class KeptStayRepository {
  readonly #scope: TenantScope;
  readonly #guestKey: () => Promise<DataKey>;

  /** @param guestKey the company's data key of purpose `guest-data` */
  constructor(scope: TenantScope, guestKey: () => Promise<DataKey>) {
    this.#scope = scope;
    this.#guestKey = guestKey;
  }

  /** A feed's stays that are not past their time, by one range: those to come and those of the last month. */
  async list(feedId: string, now: Date): Promise<readonly KeptStay[]> {
    const { empresaId, table } = this.#scope;
    const query = { pk: calendarStayPartition(empresaId), prefix: staysOfFeed(feedId), consistent: true };
    const key = await this.#guestKey();
    const found: KeptStay[] = [];
    for await (const row of table.queryAll(query)) {
      const stay = openStay(key, row);
      if (stay.expires_at * 1000 > now.getTime()) found.push(stay);
    }
    return found;
  }

  /** The write that keeps a stay as it stands now, on condition that nobody has since it was read. */
  async keepingOf(stay: KeptStay, isNew: boolean): Promise<Write> {
    const next = isNew ? stay : { ...stay, version: stay.version + 1 };
    const item = {
      ...calendarStayKey(this.#scope.empresaId, stay.feed_id, stay.id),
      ...sealStay(await this.#guestKey(), next),
    };
    const unchanged = { expression: 'version = :seen', values: { ':seen': stay.version } };
    return { kind: 'put', item, condition: isNew ? ABSENT : unchanged };
  }

  /** The write that forgets a stay. */
  forgettingOf({ feed_id, id }: KeptStay): Write {
    return { kind: 'delete', key: calendarStayKey(this.#scope.empresaId, feed_id, id) };
  }

  /** Several writes, a hundred to a transaction. */
  async writeAll(writes: readonly Write[]): Promise<void> {
    for (let at = 0; at < writes.length; at += MOST_WRITES) {
      await this.#scope.table.transact(writes.slice(at, at + MOST_WRITES));
    }
  }
}

const MOST_WRITES = 100;
