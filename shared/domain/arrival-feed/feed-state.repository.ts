import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import type { FeedName } from './arrival-feed.ts';
import { feedStateKey } from './feed-state.keys.ts';

/**
 * When each source of one company was last read well, and no more: what a PMS says of guests rests nowhere (ruling 8).
 */
export class FeedStateRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /** Undefined when it never was. */
  async lastRead(name: FeedName): Promise<Date | undefined> {
    const row = await this.#scope.table.get(feedStateKey(this.#scope.empresaId, name));
    return typeof row?.read_at === 'string' ? new Date(row.read_at) : undefined;
  }

  async remember(name: FeedName, readAt: Date): Promise<void> {
    const item = { ...feedStateKey(this.#scope.empresaId, name), read_at: readAt.toISOString() };
    await this.#scope.table.write({ kind: 'put', item });
  }
}
