import { type ListPage, listNewest, type PageRequest } from '../../platform/dynamo/list-newest.ts';
import { TransactionRefused } from '../../platform/dynamo/storage-errors.ts';
import { ABSENT, type Write } from '../../platform/dynamo/table.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { contactLockKey, contactSyncKey, contactSyncPartition } from './contact-sync.keys.ts';
import { type ContactSync, contactSync, type EndedSync, type Intent, type SyncCounts } from './contact-sync.ts';

const KEPT_S = 90 * 86_400;

/** The syncs of one company's contacts; one at a time is under way (D-48). */
export class ContactSyncRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /**
   * Begins a sync and holds the company's contacts for it, together with `more`.
   * @throws AppError `conflict` while another one is under way
   */
  async begin(sync: ContactSync, more: readonly Write[]): Promise<void> {
    const { empresaId, table } = this.#scope;
    const lock = { ...contactLockKey(empresaId), sync_id: sync.id, until: sync.limite };
    const free = { expression: 'attribute_not_exists(pk) OR #until < :now', names: { '#until': 'until' } };
    const expires_at = Math.floor(Date.parse(sync.inicio) / 1000) + KEPT_S;
    try {
      await table.transact([
        { kind: 'put', item: lock, condition: { ...free, values: { ':now': sync.inicio } } },
        { kind: 'put', item: { ...contactSyncKey(empresaId, sync.id), ...sync, expires_at }, condition: ABSENT },
        ...more,
      ]);
    } catch (thrown) {
      if (!(thrown instanceof TransactionRefused)) throw thrown;
      throw new AppError('conflict', 'Ya hay una sincronización de contactos en curso. Espera a que termine.');
    }
  }

  async find(id: string): Promise<ContactSync | undefined> {
    const row = await this.#scope.table.get(contactSyncKey(this.#scope.empresaId, id), { consistent: true });
    return row === undefined ? undefined : contactSync.parse(row);
  }

  list(page: PageRequest): Promise<ListPage<ContactSync>> {
    const pk = contactSyncPartition(this.#scope.empresaId);
    return listNewest(this.#scope, pk, page, (row) => contactSync.parse(row));
  }

  /** @throws ConditionFailed when it is under way no more */
  async saveProgress(id: string, cuentas: SyncCounts, intento: Intent | null): Promise<void> {
    await this.#scope.table.write(this.#change(id, { cuentas, intento }));
  }

  /** Ends it and lets go of the contacts, together with `more`; once. */
  async finish(id: string, { estado, cuentas, error, fin }: EndedSync, more: readonly Write[]): Promise<void> {
    const held = { expression: 'attribute_not_exists(pk) OR sync_id = :id', values: { ':id': id } };
    const lock = contactLockKey(this.#scope.empresaId);
    try {
      await this.#scope.table.transact([
        this.#change(id, { estado, cuentas, error, fin, intento: null }),
        { kind: 'delete', key: lock, condition: held },
        ...more,
      ]);
    } catch (thrown) {
      if (!(thrown instanceof TransactionRefused)) throw thrown;
    }
  }

  #change(id: string, fields: Partial<ContactSync>) {
    const set = Object.entries(fields);
    return {
      kind: 'update',
      key: contactSyncKey(this.#scope.empresaId, id),
      update: {
        expression: `SET ${set.map(([field]) => `#${field} = :${field}`).join(', ')}`,
        names: Object.fromEntries(set.map(([field]) => [`#${field}`, field])),
        values: Object.fromEntries(set.map(([field, value]) => [`:${field}`, value])),
      },
      condition: {
        expression: '#estado = :under_way',
        names: { '#estado': 'estado' },
        values: { ':under_way': 'en_curso' },
      },
    } as const;
  }
}
