import { eachLimit } from '../../platform/concurrency/each-limit.ts';
import { ConditionFailed, isTransactionConflict, TransactionRefused } from '../../platform/dynamo/storage-errors.ts';
import type { Condition, Write } from '../../platform/dynamo/table.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { apartmentKey, apartmentPartition } from './apartment.keys.ts';
import { type Apartment, apartment } from './apartment.ts';
import type { CatalogueChange } from './catalogue-plan.ts';
import { type Portion, portionsOf, writesOf } from './catalogue-writes.ts';

/** Transactions of one import under way at once. */
const PARALLEL_TRANSACTIONS = 4;

/** Fields that a person may change. */
export type ApartmentEdit = Partial<Pick<Apartment, 'nombre' | 'direccion' | 'ciudad' | 'numero_registro'>>;

/** Somebody else changed a row between reading and writing: read and plan again. */
export class CatalogueMoved extends Error {
  override readonly name = 'CatalogueMoved';
}

/** The catalogue of one company. */
export class ApartmentRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /** Every apartment, active or not, ordered by name. A catalogue is a few hundred rows, a thousand to a request. */
  async list(): Promise<readonly Apartment[]> {
    const found: Apartment[] = [];
    const query = { pk: apartmentPartition(this.#scope.empresaId), consistent: true };
    for await (const row of this.#scope.table.queryAll(query)) found.push(apartment.parse(row));
    return found.sort(byName);
  }

  async find(id: string): Promise<Apartment | undefined> {
    const row = await this.#scope.table.get(apartmentKey(this.#scope.empresaId, id), { consistent: true });
    return row && apartment.parse(row);
  }

  /** @throws CatalogueMoved when another apartment has its `id_pms` */
  async create(entry: Apartment): Promise<void> {
    await this.#transact(writesOf(this.#scope.empresaId, { before: null, after: entry }));
  }

  /**
   * Changes some fields of an apartment, active or not.
   * @param revision the change is made only while the row has it; absent: the last write wins
   * @returns undefined when there is no such apartment, `outdated` when it has another revision
   */
  async edit(
    id: string,
    edit: ApartmentEdit,
    { now, revision }: { readonly now: string; readonly revision: number | undefined },
  ): Promise<Apartment | 'outdated' | undefined> {
    const row = await this.#update(id, { ...edit, updated_at: now }, revision);
    return row === undefined || row === 'outdated' ? row : apartment.parse(row);
  }

  /** Deactivates; a second time changes nothing. @returns false when there is no such apartment */
  async deactivate(id: string, now: string): Promise<boolean> {
    return (await this.#update(id, { activo: false, updated_at: now }, undefined, ACTIVE)) !== undefined;
  }

  /**
   * Writes planned changes in transactions of a hundred writes, each row only while it is as it was seen. All portions
   * before the one that failed stand, and those that ran beside it.
   * @param beside one more write for each portion, in its transaction
   * @param written is told of each portion that stands
   * @throws CatalogueMoved
   */
  async commit(
    changes: readonly CatalogueChange[],
    beside?: (portion: Portion) => Write,
    written?: (portion: Portion) => void,
  ): Promise<void> {
    const portions = portionsOf(this.#scope.empresaId, changes, beside === undefined ? 0 : 1);
    await eachLimit(portions, PARALLEL_TRANSACTIONS, async (portion) => {
      await this.#transact(beside === undefined ? portion.writes : [...portion.writes, beside(portion)]);
      written?.(portion);
    });
  }

  async #update(
    id: string,
    fields: Readonly<Record<string, unknown>>,
    revision: number | undefined,
    besides: Condition = { expression: '' },
  ): Promise<Record<string, unknown> | 'outdated' | undefined> {
    const names = Object.keys(fields);
    const seen = revision === undefined ? [] : ['revision = :seen'];
    const conditions = ['attribute_exists(pk)', ...seen, ...(besides.expression === '' ? [] : [besides.expression])];
    try {
      return await this.#scope.table.write({
        kind: 'update',
        key: apartmentKey(this.#scope.empresaId, id),
        update: {
          expression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')} ADD revision :one`,
          names: Object.fromEntries(names.map((name) => [`#${name}`, name])),
          values: { ...Object.fromEntries(names.map((name) => [`:${name}`, fields[name]])), ':one': 1 },
        },
        condition: {
          expression: conditions.join(' AND '),
          values: { ...(revision !== undefined && { ':seen': revision }), ...besides.values },
        },
      });
    } catch (thrown) {
      if (!(thrown instanceof ConditionFailed)) throw thrown;
      return thrown.item === undefined ? undefined : 'outdated';
    }
  }

  async #transact(writes: readonly Write[]): Promise<void> {
    try {
      await this.#scope.table.transact(writes);
    } catch (thrown) {
      if (thrown instanceof TransactionRefused || isTransactionConflict(thrown)) {
        throw new CatalogueMoved('The catalogue is not as it was seen', { cause: thrown });
      }
      throw thrown;
    }
  }
}

const ACTIVE: Condition = { expression: 'activo = :active', values: { ':active': true } };

const collator = new Intl.Collator('es', { numeric: true });

/** By name as a person would look it up; the id makes the order whole. */
export function byName(a: Pick<Apartment, 'nombre' | 'id'>, b: Pick<Apartment, 'nombre' | 'id'>): number {
  return collator.compare(a.nombre, b.nombre) || (a.id < b.id ? -1 : 1);
}

/** The answer to an id of no apartment of the company. */
export function apartmentUnknown(): AppError {
  return new AppError('not_found', 'No existe ese apartamento.');
}
