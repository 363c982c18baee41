import { setTimeout as delay } from 'node:timers/promises';
import { type ApartmentRepository, CatalogueMoved } from '../../../shared/domain/apartment/apartment.repository.ts';
import type { Apartment } from '../../../shared/domain/apartment/apartment.ts';
import type { CatalogueChange } from '../../../shared/domain/apartment/catalogue-plan.ts';
import type { ApartmentImportRepository } from '../../../shared/domain/apartment-import/apartment-import.repository.ts';
import {
  isTouched,
  type StoredImport,
  type WrittenChange,
  type WrittenPortion,
} from '../../../shared/domain/apartment-import/apartment-import.ts';
import type { AuditFact } from '../../../shared/domain/audit/audit-entry.ts';
import { type Clock, toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import { eachLimit } from '../../../shared/platform/concurrency/each-limit.ts';
import type { Write } from '../../../shared/platform/dynamo/table.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { ok } from '../../../shared/platform/http/answers.ts';

export interface RevertDeps {
  readonly apartments: Pick<ApartmentRepository, 'list' | 'commit'>;
  readonly imports: ApartmentImportRepository;
  readonly commit: (fact: AuditFact, writes: readonly Write[]) => Promise<unknown>;
  readonly clock: Clock;
}

/** Days for which an import can be undone; what is needed for it is kept for longer. */
const REVERTIBLE_DAYS = 30;
const ROUNDS = 8;
const PARALLEL_PORTIONS = 4;
/** Dwellings named one by one in a refusal. */
const MOST_NAMED = 50;

type Reversion = NonNullable<StoredImport['reversion']>;

/**
 * Undoes an import as a whole: what it created goes, what it changed is as it was. Only while nothing else has touched
 * any of it; otherwise nothing is undone and the refusal names what was touched. Once begun it is carried through,
 * after an interruption by the same call, and leaves alone what is touched meanwhile.
 * @throws AppError `not_found`; `conflict` when it cannot be undone (any more)
 */
export async function revertImport(deps: RevertDeps, id: string) {
  const entry = await deps.imports.find(id);
  if (entry === undefined) throw new AppError('not_found', 'No existe esa importación.');
  if (entry.estado === 'revertida' && entry.reversion !== null) return ok({ reversion: entry.reversion });
  checkRevertible(entry, deps.clock.now());
  const reversion = entry.estado === 'revirtiendo' ? entry.reversion : await begin(deps, entry);
  const done = await carryThrough(deps, id, reversion ?? { eliminados: 0, restaurados: 0, conservados: [] });
  const fin = toOffsetIso(deps.clock.now());
  await deps.imports.move(id, ['revirtiendo'], { estado: 'revertida', fin, reversion: done });
  return ok({ reversion: done });
}

function checkRevertible({ estado, inicio, ocupada_hasta }: StoredImport, now: Date): void {
  if (estado === 'en_curso' && ocupada_hasta > now.toISOString()) {
    throw new AppError('conflict', 'La importación todavía está en curso. Espera un minuto y vuelve a intentarlo.');
  }
  if (now.getTime() - Date.parse(inicio) > REVERTIBLE_DAYS * 86_400_000) {
    throw new AppError('conflict', `Una importación solo se puede deshacer durante ${REVERTIBLE_DAYS} días.`);
  }
}

async function begin({ apartments, imports, commit }: RevertDeps, entry: StoredImport): Promise<Reversion> {
  const [portions, catalogue] = [await imports.portions(entry.id), byId(await apartments.list())];
  const written = portions.flatMap(({ cambios }) => cambios);
  const touched = written.filter((change) => isTouched(change, catalogue.get(change.id)));
  if (touched.length > 0) throw touchedSince(touched, catalogue);
  const eliminados = written.filter(({ antes }) => antes === null).length;
  const reversion = { eliminados, restaurados: written.length - eliminados, conservados: [] };
  const cambios = { eliminados, restaurados: reversion.restaurados };
  const fact = { accion: 'apartamentos.deshacer', entidad: 'importacion', entidad_id: entry.id, cambios };
  const moved = await imports.beginReversion(entry, reversion, (writes) => commit(fact, writes));
  if (!moved) throw new AppError('conflict', 'La importación ha cambiado a la vez. Vuelve a intentarlo.');
  return reversion;
}

function byId(catalogue: readonly Apartment[]): ReadonlyMap<string, Apartment> {
  return new Map(catalogue.map((row) => [row.id, row]));
}

function touchedSince(touched: readonly WrittenChange[], catalogue: ReadonlyMap<string, Apartment>): AppError {
  const count = touched.length === 1 ? 'Un apartamento ha cambiado' : `${touched.length} apartamentos han cambiado`;
  const message = `${count} después de la importación, así que no se ha deshecho nada.`;
  const named = touched.slice(0, MOST_NAMED).map(({ id, antes }) => {
    const nombre = catalogue.get(id)?.nombre ?? antes?.nombre ?? '';
    return { message: `«${nombre}» (${id}) ha cambiado después.` };
  });
  return new AppError('conflict', message, { issues: [{ message }, ...named] });
}

/** Undoes portion by portion, each with the trace of it, until none is left. */
async function carryThrough(deps: RevertDeps, id: string, reversion: Reversion): Promise<Reversion> {
  let done = reversion;
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round > 0) await delay(Math.random() * 20 * 2 ** round);
    const [portions, catalogue] = [await deps.imports.portions(id), byId(await deps.apartments.list())];
    if (portions.length === 0) return done;
    try {
      await eachLimit(portions, PARALLEL_PORTIONS, async (portion) => {
        const touched = await undoPortion(deps, portion, catalogue);
        done = without(done, touched, catalogue);
      });
    } catch (thrown) {
      if (!(thrown instanceof CatalogueMoved)) throw thrown;
    }
  }
  throw new AppError(
    'unavailable',
    'El catálogo está cambiando a la vez. Repite la petición para terminar de deshacer.',
    {
      retryAfter: 2,
    },
  );
}

/** @returns what was touched meanwhile and stays as it is */
async function undoPortion(
  { apartments, imports, clock }: RevertDeps,
  portion: WrittenPortion,
  catalogue: ReadonlyMap<string, Apartment>,
): Promise<readonly WrittenChange[]> {
  const now = toOffsetIso(clock.now());
  const touched = portion.cambios.filter((change) => isTouched(change, catalogue.get(change.id)));
  const changes = portion.cambios.flatMap((change): CatalogueChange[] => {
    const current = catalogue.get(change.id);
    if (current === undefined || touched.includes(change)) return [];
    const after = change.antes && { ...change.antes, revision: current.revision + 1, updated_at: now };
    return [{ before: current, after, decisions: [] }];
  });
  if (changes.length > 0) await apartments.commit(changes, () => imports.forgetting(portion));
  else await imports.forget(portion);
  return touched;
}

function without(
  { eliminados, restaurados, conservados }: Reversion,
  touched: readonly WrittenChange[],
  catalogue: ReadonlyMap<string, Apartment>,
): Reversion {
  const created = touched.filter(({ antes }) => antes === null).length;
  return {
    eliminados: eliminados - created,
    restaurados: restaurados - (touched.length - created),
    conservados: [...conservados, ...touched.map(({ id }) => catalogue.get(id)?.nombre ?? id)],
  };
}
