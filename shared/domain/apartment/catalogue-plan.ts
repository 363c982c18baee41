import type { Apartment, ApartmentOrigin } from './apartment.ts';

/** What a file or a PMS says of one dwelling. */
export interface IncomingApartment {
  readonly id_pms: string;
  readonly id_externo: string | null;
  readonly nombre: string;
  /** Null says nothing: what is known stays. */
  readonly direccion: string | null;
  readonly ciudad: string | null;
}

/** What becomes of one incoming dwelling. */
export type Outcome = 'nuevo' | 'actualizado' | 'sin_cambios';

/** An incoming dwelling with its position in the source. */
export interface Decision {
  readonly position: number;
  readonly outcome: Outcome;
}

/** One row of the catalogue, before and after; null where there is none. */
export interface CatalogueChange {
  readonly before: Apartment | null;
  readonly after: Apartment | null;
  /** The incoming dwellings that it comes from. */
  readonly decisions: readonly Decision[];
}

export interface CataloguePlan {
  /** One for each dwelling that was planned, in the order of the source. */
  readonly decisions: readonly (Decision & { readonly before: Apartment | null })[];
  readonly changes: readonly CatalogueChange[];
}

/** A whole source. */
export interface CatalogueSource {
  readonly empresaId: string;
  readonly apartments: readonly IncomingApartment[];
  /** `pms_origen` of what is new. */
  readonly origin: ApartmentOrigin;
  /** Ids of the PMS that the origin says are gone: dwellings of that origin that have them are deactivated. */
  readonly gone: ReadonlySet<string>;
  readonly now: string;
  readonly newId: () => string;
}

interface Draft {
  readonly before: Apartment | null;
  current: Apartment;
  readonly decisions: Decision[];
}

/**
 * Compares a source with the catalogue: previews, imports and syncs all go by this and by nothing else, so that they
 * cannot disagree (D-29). A dwelling is found by `id_pms`; one without it by its `id_externo`, where only one in the
 * catalogue and one in the source have that (D-28). Names and codes are overwritten, addresses by what says something
 * only; what was deleted is active again (`stay-sidekick.md` §4.6).
 *
 * @param settled positions that were written before, by this import, and are not to be looked at again
 */
export function planCatalogue(
  source: CatalogueSource,
  catalogue: readonly Apartment[],
  settled: ReadonlyMap<number, Outcome> = new Map(),
): CataloguePlan {
  const drafts = new Map<string, Draft>();
  for (const row of catalogue) {
    if (row.id_pms !== null) drafts.set(row.id_pms, { before: row, current: row, decisions: [] });
  }
  const adoptable = adoptableByCode(source, catalogue);
  const decisions: (Decision & { before: Apartment | null })[] = [];
  for (const [position, incoming] of source.apartments.entries()) {
    const known = settled.get(position);
    if (known !== undefined) continue;
    const draft = drafts.get(incoming.id_pms) ?? adopted(adoptable, incoming);
    const outcome = draft === undefined ? 'nuevo' : mergeInto(draft, incoming);
    const decision = { position, outcome };
    const target = draft ?? { before: null, current: created(source, incoming), decisions: [] };
    target.decisions.push(decision);
    drafts.set(incoming.id_pms, target);
    decisions.push({ ...decision, before: target.before });
  }
  return { decisions, changes: [...changesOf(drafts.values(), source.now), ...deactivations(source, catalogue)] };
}

/** Dwellings that have no id of the PMS yet, by a code that leads to one alone on both sides. */
function adoptableByCode({ apartments }: CatalogueSource, catalogue: readonly Apartment[]): Map<string, Apartment> {
  const known = timesOf(catalogue);
  const wanted = timesOf(apartments);
  const candidates = catalogue.flatMap((row) =>
    row.id_pms === null &&
    row.id_externo !== null &&
    known.get(row.id_externo) === 1 &&
    wanted.get(row.id_externo) === 1
      ? [[row.id_externo, row] as const]
      : [],
  );
  return new Map(candidates);
}

function timesOf(rows: readonly Pick<IncomingApartment, 'id_externo'>[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const { id_externo } of rows) {
    if (id_externo !== null) times.set(id_externo, (times.get(id_externo) ?? 0) + 1);
  }
  return times;
}

function adopted(adoptable: ReadonlyMap<string, Apartment>, { id_externo }: IncomingApartment): Draft | undefined {
  const row = id_externo === null ? undefined : adoptable.get(id_externo);
  return row && { before: row, current: row, decisions: [] };
}

function mergeInto(draft: Draft, incoming: IncomingApartment): Outcome {
  const { current } = draft;
  const next = {
    ...current,
    id_pms: incoming.id_pms,
    id_externo: incoming.id_externo,
    nombre: incoming.nombre,
    direccion: incoming.direccion ?? current.direccion,
    ciudad: incoming.ciudad ?? current.ciudad,
    activo: true,
  };
  const differs = CHANGING.some((field) => next[field] !== current[field]);
  if (differs) draft.current = next;
  return differs ? 'actualizado' : 'sin_cambios';
}

const CHANGING = ['id_pms', 'id_externo', 'nombre', 'direccion', 'ciudad', 'activo'] as const;

function created({ empresaId, origin, now, newId }: CatalogueSource, incoming: IncomingApartment): Apartment {
  return {
    id: newId(),
    empresa_id: empresaId,
    ...incoming,
    numero_registro: null,
    pms_origen: origin,
    activo: true,
    revision: 1,
    created_at: now,
    updated_at: now,
  };
}

function changesOf(drafts: Iterable<Draft>, now: string): CatalogueChange[] {
  const changes: CatalogueChange[] = [];
  for (const { before, current, decisions } of drafts) {
    // Back at what it was, after two lines that say different things of it, it is no change.
    if (before !== null && CHANGING.every((field) => before[field] === current[field])) continue;
    changes.push({ before, after: before === null ? current : revised(before, current, now), decisions });
  }
  return changes;
}

/** What is named wins over what is gone: then the source contradicts itself, and nothing is lost. */
function deactivations({ apartments, origin, gone, now }: CatalogueSource, catalogue: readonly Apartment[]) {
  const named = new Set(apartments.map(({ id_pms }) => id_pms));
  const left = catalogue.filter(
    ({ activo, pms_origen, id_pms }) =>
      activo && pms_origen === origin && id_pms !== null && gone.has(id_pms) && !named.has(id_pms),
  );
  return left.map((before) => ({ before, after: revised(before, { ...before, activo: false }, now), decisions: [] }));
}

function revised(before: Apartment, current: Apartment, now: string): Apartment {
  return { ...current, revision: before.revision + 1, updated_at: now };
}
