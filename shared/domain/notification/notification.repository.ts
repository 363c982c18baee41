import { eachLimit } from '../../platform/concurrency/each-limit.ts';
import { nextNumbers } from '../../platform/dynamo/counter.ts';
import { ConditionFailed, isTransactionConflict, TransactionRefused } from '../../platform/dynamo/storage-errors.ts';
import { ABSENT, type Item, type Key, TRANSACTION_MOST, type Write } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { notificationKey, notificationPartition, notificationsOfPerson } from './notification.keys.ts';
import { type NewNotification, type Notification, newestFirst, notification } from './notification.ts';

/** Days for which a notification stays in the list. */
const KEPT_DAYS = 90;
const PARALLEL_WRITES = 16;

type Addition = Extract<Write, { kind: 'put' }>;

/** The notifications of one company's people, the one store of both APIs. */
export class NotificationRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /** Adds what is not there yet; a repeat, or two callers at once, add nothing twice. */
  async addOnce(additions: readonly NewNotification[], now: Date): Promise<void> {
    const writes = await this.additionsOf(additions, now);
    for (let first = 0; first < writes.length; first += TRANSACTION_MOST) {
      await this.#addTogether(writes.slice(first, first + TRANSACTION_MOST));
    }
  }

  /** In one request, because most often none of them is there; those that are step aside for the others. */
  async #addTogether(writes: readonly Addition[]): Promise<void> {
    let left = writes;
    while (left.length > 0) {
      try {
        return await this.#scope.table.transact(left);
      } catch (thrown) {
        if (isTransactionConflict(thrown)) return this.#addEach(left);
        if (!(thrown instanceof TransactionRefused)) throw thrown;
        const { failed } = thrown;
        left = left.filter((_, at) => !failed.includes(at));
      }
    }
  }

  /** One by one, where another caller adds the same at this moment. */
  #addEach(writes: readonly Addition[]): Promise<void> {
    return eachLimit(writes, PARALLEL_WRITES, async (write) => {
      try {
        await this.#scope.table.write(write);
      } catch (thrown) {
        if (!(thrown instanceof ConditionFailed)) throw thrown;
      }
    });
  }

  /**
   * The writes that add them, to stand in the transaction of the change that they tell of. Each is refused when the
   * person has heard of the same occasion before.
   */
  async additionsOf(additions: readonly NewNotification[], now: Date): Promise<readonly Addition[]> {
    if (additions.length === 0) return [];
    const { empresaId } = this.#scope;
    const first = await nextNumbers(this.#scope, 'notification', additions.length);
    const created_at = now.toISOString();
    const expires_at = Math.floor(now.getTime() / 1000) + KEPT_DAYS * 86_400;
    return additions.map(({ occasion, ...addition }, position) => {
      const key = notificationKey(empresaId, addition.recipient, `${addition.verb}#${occasion}`);
      const item = { ...key, ...addition, number: first + position, is_read: false, read_at: null, created_at };
      return { kind: 'put', item: { ...item, expires_at }, condition: ABSENT };
    });
  }

  /**
   * A person's notifications, newest first, as they stand after the caller's own last change. Read whole, because a
   * list has to be counted and paged by number (`aristay.md` §10.6): a few hundred rows at most, that go after 90 days.
   */
  async list(userId: string): Promise<readonly Notification[]> {
    const pk = notificationPartition(this.#scope.empresaId);
    const query = { pk, prefix: notificationsOfPerson(userId), consistent: true };
    const found: Notification[] = [];
    for await (const row of this.#scope.table.queryAll(query)) found.push(notification.parse(row));
    return found.sort(newestFirst);
  }

  /** How many of a person's notifications are unread. */
  async countUnread(userId: string): Promise<number> {
    return (await this.list(userId)).filter(({ is_read }) => !is_read).length;
  }

  /**
   * Marks one of a person's notifications as read; one that is read already keeps its instant.
   * @returns when it was read, ISO 8601; undefined when the person has no such notification
   */
  async markRead(userId: string, number: number, now: Date): Promise<string | undefined> {
    const wanted = (await this.list(userId)).find((entry) => entry.number === number);
    if (wanted === undefined) return undefined;
    if (wanted.read_at !== null) return wanted.read_at;
    const row = await this.#setRead(wanted, now);
    // Somebody was quicker: then it is read all the same.
    return row === undefined ? now.toISOString() : String(row.read_at);
  }

  /** @returns how many were unread before */
  async markAllRead(userId: string, now: Date): Promise<number> {
    const unread = (await this.list(userId)).filter(({ is_read }) => !is_read);
    let marked = 0;
    await eachLimit(unread, PARALLEL_WRITES, async (entry) => {
      if ((await this.#setRead(entry, now)) !== undefined) marked += 1;
    });
    return marked;
  }

  /** Undefined when it was read, or gone, in the meantime. */
  async #setRead({ sk }: Notification, now: Date): Promise<Item | undefined> {
    const key: Key = { pk: notificationPartition(this.#scope.empresaId), sk };
    try {
      return await this.#scope.table.write({
        kind: 'update',
        key,
        update: {
          expression: 'SET is_read = :yes, read_at = :now',
          values: { ':yes': true, ':now': now.toISOString() },
        },
        condition: { expression: 'is_read = :no', values: { ':no': false } },
      });
    } catch (thrown) {
      if (thrown instanceof ConditionFailed) return undefined;
      throw thrown;
    }
  }
}
