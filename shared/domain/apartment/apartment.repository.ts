import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { apartmentKey, apartmentPartition } from './apartment.keys.ts';
import { type Apartment, apartment } from './apartment.ts';

/** The catalogue of one company. */
export class ApartmentRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /** Every apartment, active or not, ordered by name. A catalogue is a few hundred rows, read page by page. */
  async list(): Promise<readonly Apartment[]> {
    const found: Apartment[] = [];
    for await (const row of this.#scope.table.queryAll({ pk: apartmentPartition(this.#scope.empresaId) })) {
      found.push(apartment.parse(row));
    }
    return found.sort((a, b) => a.nombre.localeCompare(b.nombre, 'es'));
  }

  async save(entry: Apartment): Promise<void> {
    await this.#scope.table.write({
      kind: 'put',
      item: { ...apartmentKey(this.#scope.empresaId, entry.id), ...entry },
    });
  }
}
