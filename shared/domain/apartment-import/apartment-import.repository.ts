import * as z from 'zod';
import { type ListPage, listNewest, type PageRequest } from '../../platform/dynamo/list-newest.ts';
import { ConditionFailed, isTransactionConflict, TransactionRefused } from '../../platform/dynamo/storage-errors.ts';
import { ABSENT, type Condition, PRESENT, type Write } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import type { Outcome } from '../apartment/catalogue-plan.ts';
import type { Portion } from '../apartment/catalogue-writes.ts';
import {
  apartmentImportKey,
  apartmentImportPartition,
  importedFileKey,
  writtenPortionKey,
  writtenPortionPartition,
} from './apartment-import.keys.ts';
import {
  type ApartmentImport,
  apartmentImport,
  contentOf,
  type StoredImport,
  storedImport,
  type WrittenPortion,
  writtenPortion,
} from './apartment-import.ts';

/** Days for which an import is remembered: twice as long as it can be undone, because TTL takes row after row. */
const KEPT_DAYS = 60;

const filePointer = z.object({ import_id: z.string() });

/** Writes what begins an import or its reversion, with what else has to be told of it. */
export type CommitImport = (writes: readonly Write[]) => Promise<unknown>;

/** The imports of one company's catalogue, and what each has written. */
export class ApartmentImportRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  async find(id: string): Promise<StoredImport | undefined> {
    const row = await this.#scope.table.get(apartmentImportKey(this.#scope.empresaId, id), { consistent: true });
    return row && storedImport.parse(row);
  }

  /** The last import of a file that wrote something; the pointer first, then the import. */
  async findOfFile(huella: string): Promise<StoredImport | undefined> {
    const row = await this.#scope.table.get(importedFileKey(this.#scope.empresaId, huella), { consistent: true });
    return row === undefined ? undefined : this.find(filePointer.parse(row).import_id);
  }

  /**
   * Begins an import, if the last one of the same file is still the one that was seen.
   * @returns false when somebody else has begun one meanwhile
   */
  async begin(entry: StoredImport, lastOfFile: string | undefined, commit: CommitImport): Promise<boolean> {
    const { empresaId } = this.#scope;
    const expires_at = expiryOf(entry);
    const pointer = { ...importedFileKey(empresaId, entry.huella), import_id: entry.id, expires_at };
    const unmoved =
      lastOfFile === undefined ? ABSENT : { expression: 'import_id = :seen', values: { ':seen': lastOfFile } };
    const item = { ...apartmentImportKey(empresaId, entry.id), ...entry, expires_at };
    return isDone(() =>
      commit([
        { kind: 'put', item, condition: ABSENT },
        { kind: 'put', item: pointer, condition: unmoved },
      ]),
    );
  }

  /** The write that goes with a portion, so that what an import has written is known whenever it stops. */
  tracing({ id, inicio }: StoredImport, { changes }: Portion): Write {
    const cambios = changes.flatMap(({ before, after, decisions }) =>
      after === null
        ? []
        : [
            {
              id: after.id,
              revision: after.revision,
              contenido: contentOf(after),
              antes: before,
              decisiones: decisions.map(({ position, outcome }) => [position, outcome]),
            },
          ],
    );
    const first = cambios[0]?.id ?? '';
    const key = writtenPortionKey(this.#scope.empresaId, id, first);
    return { kind: 'put', item: { ...key, cambios, expires_at: expiryOf({ inicio }) }, condition: ABSENT };
  }

  async portions(id: string): Promise<readonly WrittenPortion[]> {
    const found: WrittenPortion[] = [];
    const query = { pk: writtenPortionPartition(this.#scope.empresaId), prefix: `${id}#`, consistent: true };
    for await (const row of this.#scope.table.queryAll(query)) found.push(writtenPortion.parse(row));
    return found;
  }

  /** What an import has decided of positions, from what it has written. */
  async settled(id: string): Promise<ReadonlyMap<number, Outcome>> {
    const cambios = (await this.portions(id)).flatMap((portion) => portion.cambios);
    return new Map(cambios.flatMap(({ decisiones }) => decisiones));
  }

  /** Undoing a portion takes the trace of it with it. */
  forgetting({ sk }: Pick<WrittenPortion, 'sk'>): Extract<Write, { kind: 'delete' }> {
    return { kind: 'delete', key: { pk: writtenPortionPartition(this.#scope.empresaId), sk }, condition: PRESENT };
  }

  /** Forgets a portion of which nothing is left to be undone; a second time changes nothing. */
  async forget({ sk }: Pick<WrittenPortion, 'sk'>): Promise<void> {
    await this.#scope.table.write({ kind: 'delete', key: { pk: writtenPortionPartition(this.#scope.empresaId), sk } });
  }

  /**
   * Moves an import on from one of the states `from`, with what else has to be written then.
   * @returns false when it is in none of them any more
   */
  async move(
    id: string,
    from: readonly ApartmentImport['estado'][],
    to: Partial<Omit<StoredImport, 'id'>>,
    along: readonly Write[] = [],
  ): Promise<boolean> {
    const update = this.#moving(id, from, to);
    const { table } = this.#scope;
    return isDone(() => (along.length === 0 ? table.write(update) : table.transact([update, ...along])));
  }

  /** Begins to undo an import. @returns false when its state is another one by now */
  async beginReversion(
    { id, estado }: StoredImport,
    reversion: StoredImport['reversion'],
    commit: CommitImport,
  ): Promise<boolean> {
    return isDone(() => commit([this.#moving(id, [estado], { estado: 'revirtiendo', reversion })]));
  }

  #moving(id: string, from: readonly string[], to: Readonly<Record<string, unknown>>) {
    return { kind: 'update', key: apartmentImportKey(this.#scope.empresaId, id), ...moving(from, to) } as const;
  }

  list(page: PageRequest): Promise<ListPage<ApartmentImport>> {
    const pk = apartmentImportPartition(this.#scope.empresaId);
    return listNewest(this.#scope, pk, page, (item) => apartmentImport.parse(item));
  }
}

/** @returns false when a condition did not hold */
async function isDone(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (thrown) {
    if (thrown instanceof ConditionFailed || thrown instanceof TransactionRefused) return false;
    if (isTransactionConflict(thrown)) return false;
    throw thrown;
  }
}

function moving(
  from: readonly string[],
  to: Readonly<Record<string, unknown>>,
): { update: Condition; condition: Condition } {
  const names = Object.keys(to);
  const states = from.map((state, at) => [`:from${at}`, state] as const);
  return {
    update: {
      expression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
      names: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      values: Object.fromEntries(names.map((name) => [`:${name}`, to[name]])),
    },
    condition: {
      expression: `#state IN (${states.map(([name]) => name).join(', ')})`,
      names: { '#state': 'estado' },
      values: Object.fromEntries(states),
    },
  };
}

function expiryOf({ inicio }: Pick<StoredImport, 'inicio'>): number {
  return Math.floor(Date.parse(inicio) / 1000) + KEPT_DAYS * 86_400;
}
