import { eachLimit } from '../../platform/concurrency/each-limit.ts';
import { isTransactionConflict, TransactionRefused } from '../../platform/dynamo/storage-errors.ts';
import type { Write } from '../../platform/dynamo/table.ts';
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

/** One apartment as it was, null before it was added, and as it is to be. */
export interface ApartmentChange {
  readonly before: Apartment | null;
  readonly after: Apartment;
}

/** Writes a change, with what else has to be told of it. */
export type CommitApartment = (change: ApartmentChange, writes: readonly Write[]) => Promise<unknown>;

interface ChangeBy {
  readonly now: string;
  readonly commit: CommitApartment;
}

/** Times that a change by hand is tried again because somebody else came first. */
const ROUNDS = 20;
const MOVING = 'El apartamento está cambiando a la vez. Vuelve a intentarlo.';

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
  async create(entry: Apartment, commit: CommitApartment = this.#commit): Promise<void> {
    const change = { before: null, after: entry };
    await refusedAsMoved(() => commit(change, writesOf(this.#scope.empresaId, change)));
  }

  /**
   * Changes some fields of an apartment, active or not.
   * @param revision the change is made only while the row has it; absent: the last write wins
   * @returns undefined when there is no such apartment, `outdated` when it has another revision
   * @throws AppError `unavailable` when it does not come to rest
   */
  async edit(
    id: string,
    edit: ApartmentEdit,
    { revision, ...by }: ChangeBy & { readonly revision: number | undefined },
  ): Promise<Apartment | 'outdated' | undefined> {
    let outdated = false;
    const after = await this.#change(id, by, (seen) => {
      outdated = revision !== undefined && seen.revision !== revision;
      return outdated ? undefined : edit;
    });
    return outdated ? 'outdated' : after;
  }

  /** Deactivates; a second time changes nothing. @returns false when there is no such apartment */
  async deactivate(id: string, by: ChangeBy): Promise<boolean> {
    return (await this.#change(id, by, ({ activo }) => (activo ? { activo: false } : undefined))) !== undefined;
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

  /**
   * Reads a row and writes it on condition that it is still as it was read, again when somebody came first.
   * @param wanted what is to be different; undefined: nothing
   * @returns the row as it stands then, undefined when there is none
   */
  async #change(
    id: string,
    { now, commit }: ChangeBy,
    wanted: (seen: Apartment) => Partial<Apartment> | undefined,
  ): Promise<Apartment | undefined> {
    for (let round = 0; ; round += 1) {
      const before = await this.find(id);
      const edit = before && wanted(before);
      if (before === undefined || edit === undefined) return before;
      const after = { ...before, ...edit, updated_at: now, revision: before.revision + 1 };
      const change = { before, after };
      try {
        await refusedAsMoved(() => commit(change, writesOf(this.#scope.empresaId, change)));
        return after;
      } catch (thrown) {
        if (!(thrown instanceof CatalogueMoved)) throw thrown;
        if (round === ROUNDS) throw new AppError('unavailable', MOVING, { retryAfter: 1 });
      }
    }
  }

  #commit: CommitApartment = (_, writes) => this.#scope.table.transact(writes);

  #transact(writes: readonly Write[]): Promise<void> {
    return refusedAsMoved(() => this.#scope.table.transact(writes));
  }
}

async function refusedAsMoved<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (thrown) {
    if (thrown instanceof TransactionRefused || isTransactionConflict(thrown)) {
      throw new CatalogueMoved('The catalogue is not as it was seen', { cause: thrown });
    }
    throw thrown;
  }
}

const collator = new Intl.Collator('es', { numeric: true });

/** By name as a person would look it up; the id makes the order whole. Zero for the same place alone. */
export function byName(a: Pick<Apartment, 'nombre' | 'id'>, b: Pick<Apartment, 'nombre' | 'id'>): number {
  return collator.compare(a.nombre, b.nombre) || Number(a.id > b.id) - Number(a.id < b.id);
}

/** The answer to an id of no apartment of the company. */
export function apartmentUnknown(): AppError {
  return new AppError('not_found', 'No existe ese apartamento.');
}
