import { eachLimit } from '../../platform/concurrency/each-limit.ts';
import { nextNumbers } from '../../platform/dynamo/counter.ts';
import { ConditionFailed } from '../../platform/dynamo/storage-errors.ts';
import { ABSENT } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { notificationKey, notificationOrder, notificationPartition } from './notification.keys.ts';
import { type NewNotification, type Notification, notification } from './notification.ts';

/** Days for which a notification stays in the list. */
const KEPT_DAYS = 90;
const PARALLEL_WRITES = 16;

/** The notifications of one company's people. */
export class NotificationRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /** Adds what is not there yet; a repeat, or two callers at once, add nothing twice. */
  async addOnce(additions: readonly NewNotification[], now: Date): Promise<void> {
    if (additions.length === 0) return;
    const { empresaId, table } = this.#scope;
    const first = await nextNumbers(this.#scope, 'notification', additions.length);
    const created_at = now.toISOString();
    const expires_at = Math.floor(now.getTime() / 1000) + KEPT_DAYS * 86_400;
    const items = additions.map(({ occasion, ...addition }, position) => ({
      ...notificationKey(empresaId, addition.recipient, `${addition.verb}#${occasion}`),
      ...notificationOrder(empresaId, addition.recipient, created_at, first + position),
      ...addition,
      number: first + position,
      is_read: false,
      read_at: null,
      created_at,
      expires_at,
    }));
    await eachLimit(items, PARALLEL_WRITES, async (item) => {
      try {
        await table.write({ kind: 'put', item, condition: ABSENT });
      } catch (thrown) {
        if (!(thrown instanceof ConditionFailed)) throw thrown;
      }
    });
  }

  /** A person's newest notifications. */
  async listNewest(userId: string, limit: number): Promise<readonly Notification[]> {
    const pk = notificationPartition(this.#scope.empresaId, userId);
    const { items } = await this.#scope.table.query({ pk, index: 'gsi1', newestFirst: true, limit });
    return items.map((item) => notification.parse(item));
  }
}
