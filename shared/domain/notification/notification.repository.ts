import { eachLimit } from '../../platform/concurrency/each-limit.ts';
import { nextNumbers } from '../../platform/dynamo/counter.ts';
import { ConditionFailed, isTransactionConflict, TransactionRefused } from '../../platform/dynamo/storage-errors.ts';
import { type Item, type Key, PRESENT, TRANSACTION_MOST, type Write } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { DeviceRepository } from './device.repository.ts';
import { notificationPartition, notificationsOfPerson } from './notification.keys.ts';
import { type NewNotification, type Notification, newestFirst, notification } from './notification.ts';
import { type Addition, additionOf, isOfTask, writesOfAdditions } from './notification-additions.ts';

const PARALLEL_WRITES = 16;
/** What one request reads. */
const READ_MOST = 100;

/** The notifications of one company's people, the one store of both APIs. */
export class NotificationRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /**
   * Adds what is not there yet; a repeat, or two callers at once, add nothing twice.
   * @returns what has been written, for whoever enqueues the work among it
   */
  async addOnce(additions: readonly NewNotification[], now: Date): Promise<readonly Write[]> {
    const made = await this.#additionsOf(additions, now);
    const written: Write[] = [];
    // One write of each transaction may be the work of pushing.
    for (let first = 0; first < made.length; first += TRANSACTION_MOST - 1) {
      written.push(...(await this.#addTogether(made.slice(first, first + TRANSACTION_MOST - 1), now)));
    }
    return written;
  }

  /** In one request, because most often none of them is there; those that are step aside for the others. */
  async #addTogether(additions: readonly Addition[], now: Date): Promise<readonly Write[]> {
    let left = additions;
    while (left.length > 0) {
      const writes = writesOfAdditions(this.#scope.empresaId, left, now);
      try {
        await this.#scope.table.transact(writes);
        return writes;
      } catch (thrown) {
        if (isTransactionConflict(thrown)) return this.#addEach(left, now);
        if (!(thrown instanceof TransactionRefused)) throw thrown;
        const { failed } = thrown;
        left = left.filter((_, at) => !failed.includes(at));
      }
    }
    return [];
  }

  /** One by one, where another caller adds the same at this moment. */
  async #addEach(additions: readonly Addition[], now: Date): Promise<readonly Write[]> {
    const written: Write[] = [];
    await eachLimit(additions, PARALLEL_WRITES, async (addition) => {
      const writes = writesOfAdditions(this.#scope.empresaId, [addition], now);
      try {
        if (writes.length > 1) await this.#scope.table.transact(writes);
        else await this.#scope.table.write(addition.write);
        written.push(...writes);
      } catch (thrown) {
        if (!(thrown instanceof ConditionFailed || thrown instanceof TransactionRefused)) throw thrown;
      }
    });
    return written;
  }

  /**
   * The writes that add them, to stand in the transaction of the change that they tell of. Each is refused when the
   * person has heard of the same occasion before. What tells of a task brings one write more where somebody has a
   * device: the work of pushing, for {@link enqueueEntriesAmong} after the commit.
   */
  async additionsOf(additions: readonly NewNotification[], now: Date): Promise<readonly Write[]> {
    return writesOfAdditions(this.#scope.empresaId, await this.#additionsOf(additions, now), now);
  }

  async #additionsOf(additions: readonly NewNotification[], now: Date): Promise<readonly Addition[]> {
    if (additions.length === 0) return [];
    const { empresaId } = this.#scope;
    const [first, holders] = await Promise.all([
      nextNumbers(this.#scope, 'notification', additions.length),
      additions.some(isOfTask) ? new DeviceRepository(this.#scope).findHolders(now) : new Set<string>(),
    ]);
    return additions.map((addition, at) => additionOf({ empresaId, now, holders }, addition, first + at));
  }

  /** Notifications by their sort keys, as they stand; those that are gone are left out. */
  async findMany(sortKeys: readonly string[]): Promise<readonly Notification[]> {
    const { empresaId, table } = this.#scope;
    const pk = notificationPartition(empresaId);
    const found: Notification[] = [];
    for (let first = 0; first < sortKeys.length; first += READ_MOST) {
      const keys = sortKeys.slice(first, first + READ_MOST).map((sk) => ({ pk, sk }));
      found.push(...(await table.getMany(keys, { consistent: true })).map((row) => notification.parse(row)));
    }
    return found;
  }

  /**
   * Notes how far pushing a notification has come; nothing where it is gone meanwhile.
   * @param done digests of the devices that need not be tried again, while others still are; `all` when none is left
   */
  async notePush({ sk }: Pick<Notification, 'sk'>, done: 'all' | readonly string[]): Promise<void> {
    const update =
      done === 'all'
        ? { expression: 'SET push_sent = :yes REMOVE pushed_to', values: { ':yes': true } }
        : { expression: 'SET pushed_to = :done', values: { ':done': done } };
    const key: Key = { pk: notificationPartition(this.#scope.empresaId), sk };
    try {
      await this.#scope.table.write({ kind: 'update', key, update, condition: PRESENT });
    } catch (thrown) {
      if (!(thrown instanceof ConditionFailed)) throw thrown;
    }
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
