import { TaskRepository } from '../../shared/domain/task/task.repository.ts';
import { createTask, type Task } from '../../shared/domain/task/task.ts';
import { TaskCountRepository } from '../../shared/domain/task/task-count.repository.ts';
import { type TaskChange, versioned } from '../../shared/domain/task/task-writes.ts';
import { toUtcIso } from '../../shared/platform/clock/clock.ts';
import { tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { nextNumbers } from '../../shared/platform/dynamo/counter.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import type { TestCloud } from './test-cloud.ts';

/** Builders of one company's tasks, through the repository that the functions use. */
export class GivenTasks {
  readonly scope: TenantScope;
  readonly tasks: TaskRepository;
  readonly counts: TaskCountRepository;
  readonly #cloud: TestCloud;

  constructor(cloud: TestCloud, companyId: string) {
    this.#cloud = cloud;
    this.scope = new TenantScope(cloud.table, companyId);
    const keys = tenantKeys('alias/stay-ops-local', { now: () => cloud.cloud.now() });
    this.tasks = new TaskRepository({ scope: this.scope, guestKey: () => keys.dataKey(this.scope, 'guest-data') });
    this.counts = new TaskCountRepository(this.scope);
  }

  async aTask(wanted: Partial<Task> = {}): Promise<Task> {
    const at = toUtcIso(this.#cloud.cloud.now());
    const id = await nextNumbers(this.scope, 'task', 1);
    const stamps = { created_at: at, updated_at: at, created_by: null, modified_by: null };
    return this.save({ task: createTask({ id, title: `Task ${id}`, ...stamps, ...wanted }) });
  }

  /** Writes a change as it is, and answers the task as it stands then. */
  async save(change: TaskChange): Promise<Task> {
    const at = toUtcIso(this.#cloud.cloud.now());
    const guarded = await this.tasks.writesOf([change], { at, username: null });
    await this.scope.table.transact(guarded.map(({ write }) => write));
    return versioned(change);
  }
}
