import { type ListPage, listNewest, type PageRequest } from '../../platform/dynamo/list-newest.ts';
import type { Write } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { syncLogKey, syncLogPartition, syncOriginPartition } from './sync-log.keys.ts';
import { type SyncLogEntry, type SyncOrigin, syncLogEntry } from './sync-log.ts';

const KEPT_S = 400 * 86_400;

/** What one company has synchronised, and with what success. */
export class SyncLogRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /** The write that adds a line, by itself or in the transaction of what it tells of. Repeated, it changes nothing. */
  additionOf(entry: SyncLogEntry): Extract<Write, { kind: 'put' }> {
    const { empresaId } = this.#scope;
    const item = {
      ...syncLogKey(empresaId, entry.created_at, entry.id),
      gsi1pk: syncOriginPartition(empresaId, entry.origen),
      gsi1sk: `${entry.created_at}#${entry.id}`,
      ...entry,
      expires_at: Math.floor(Date.parse(entry.created_at) / 1000) + KEPT_S,
    };
    return { kind: 'put', item };
  }

  async add(entry: SyncLogEntry): Promise<void> {
    await this.#scope.table.write(this.additionOf(entry));
  }

  /** Newest first. */
  list(page: PageRequest): Promise<ListPage<SyncLogEntry>> {
    return listNewest(this.#scope, syncLogPartition(this.#scope.empresaId), page, (item) => syncLogEntry.parse(item));
  }

  /** The newest line of one origin, failed ones included; it may lag a moment behind its writing. */
  async newestOf(origin: SyncOrigin): Promise<SyncLogEntry | undefined> {
    const pk = syncOriginPartition(this.#scope.empresaId, origin);
    const { items } = await this.#scope.table.query({ pk, index: 'gsi1', newestFirst: true, limit: 1 });
    return items[0] && syncLogEntry.parse(items[0]);
  }
}
