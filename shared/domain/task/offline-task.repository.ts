import { ABSENT, type Write } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { offlineTaskKey } from './task.keys.ts';

/** How long a device may speak of a task by the key under which it made it. */
const KEPT_S = 30 * 86_400;

/** The tasks that one person's devices made while offline, by the devices' own keys. */
export class OfflineTaskRepository {
  readonly #scope: TenantScope;
  readonly #userId: string;

  constructor(scope: TenantScope, userId: string) {
    this.#scope = scope;
    this.#userId = userId;
  }

  /** The number of the task that was made under a key. */
  async find(key: string): Promise<number | undefined> {
    const row = await this.#scope.table.get(this.#keyOf(key), { consistent: true });
    return row === undefined ? undefined : Number(row.task_id);
  }

  /** The write that notes a task under its key, once: it belongs into the transaction that makes the task. */
  adding(key: string, taskId: number, now: Date): Write {
    const expires_at = Math.floor(now.getTime() / 1_000) + KEPT_S;
    return { kind: 'put', item: { ...this.#keyOf(key), task_id: taskId, expires_at }, condition: ABSENT };
  }

  #keyOf(key: string) {
    return offlineTaskKey(this.#scope.empresaId, this.#userId, key);
  }
}
