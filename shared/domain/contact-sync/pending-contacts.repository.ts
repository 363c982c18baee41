import * as z from 'zod';
import { type DataKey, open, seal } from '../../platform/crypto/sealed.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import type { Contact } from '../contact/contact.ts';
import { pendingContactsKey, pendingContactsPartition } from './contact-sync.keys.ts';

const contacts = z.array(
  z.object({
    name: z.string(),
    phone: z.string(),
    checkIn: z.string().nullable(),
    apartments: z.array(z.string()),
  }),
);

/** Contacts of one row: with names and apartments as long as they come, far below the 400 KB of a row. */
const PART = 250;

/**
 * Contacts of a workbook that did not get done while it was in memory: sealed under the tenant's key, gone with the end
 * of their sync, or after an hour (rulings 8 and 17).
 */
export class PendingContactsRepository {
  readonly #scope: TenantScope;
  readonly #dataKey: () => Promise<DataKey>;

  /** @param dataKey the tenant's data key of purpose `guest-data` */
  constructor(scope: TenantScope, dataKey: () => Promise<DataKey>) {
    this.#scope = scope;
    this.#dataKey = dataKey;
  }

  /** @param until instant after which they are as good as gone */
  async save(syncId: string, all: readonly Contact[], until: string): Promise<void> {
    const key = await this.#dataKey();
    const expires_at = Math.floor(Date.parse(until) / 1000);
    for (let part = 0; part * PART < all.length; part += 1) {
      const place = pendingContactsKey(this.#scope.empresaId, syncId, part);
      const sealed = seal(key, place.sk, JSON.stringify(all.slice(part * PART, (part + 1) * PART)));
      await this.#scope.table.write({ kind: 'put', item: { ...place, sealed, expires_at } });
    }
  }

  /** Undefined when there are none, or no more. */
  async read(syncId: string, now: Date): Promise<readonly Contact[] | undefined> {
    const found: Contact[] = [];
    let key: DataKey | undefined;
    for await (const row of this.#rows(syncId)) {
      if (Number(row.expires_at) * 1000 <= now.getTime()) return undefined;
      key ??= await this.#dataKey();
      found.push(...contacts.parse(JSON.parse(open(key, String(row.sk), String(row.sealed)))));
    }
    return key === undefined ? undefined : found;
  }

  async remove(syncId: string): Promise<void> {
    const pk = pendingContactsPartition(this.#scope.empresaId);
    for await (const { sk } of this.#rows(syncId)) {
      await this.#scope.table.write({ kind: 'delete', key: { pk, sk: String(sk) } });
    }
  }

  #rows(syncId: string) {
    const pk = pendingContactsPartition(this.#scope.empresaId);
    return this.#scope.table.queryAll({ pk, prefix: `${syncId}#`, consistent: true });
  }
}
