/** What the catalogue of apartments knows that an arrival can use. */
export interface CatalogueApartment {
  readonly id: string;
  readonly id_pms: string | null;
  readonly id_externo: string | null;
  readonly nombre: string;
  readonly direccion: string | null;
  readonly activo: boolean;
}

/** The dwelling of an arrival as people read it. */
export interface ArrivalApartment {
  /** Id in the catalogue, null when the source's text matched nothing. */
  readonly id: string | null;
  /** Name in the catalogue, else the source's text. */
  readonly nombre: string | null;
  readonly direccion: string | null;
}

/** Finds the dwelling of a stay from the PMS's apartment id and the apartment text, either of which may be null. */
export type ApartmentResolver = (apartmentId: string | null, apartmentText: string | null) => ArrivalApartment;

const SURROUNDING_BRACES = /^[{}]+|[{}]+$/g;

/**
 * Prepares the resolution of `stay-sidekick.md` §6.2.4 with D-33 for one company's catalogue: the PMS id is tried
 * before the text, and each against `id_pms` before `id_externo`. Only active apartments match; where several share
 * a code, the last by name wins.
 */
export function apartmentResolver(catalogue: readonly CatalogueApartment[]): ApartmentResolver {
  const byPmsId = new Map<string, CatalogueApartment>();
  const byExternalId = new Map<string, CatalogueApartment>();
  for (const apartment of catalogue.filter(({ activo }) => activo).sort(byName)) {
    index(byPmsId, apartment.id_pms, apartment);
    index(byExternalId, apartment.id_externo, apartment);
  }
  return (apartmentId, apartmentText) => {
    for (const candidate of [apartmentId, apartmentText]) {
      const code = normaliseCode(candidate);
      const match = code === null ? undefined : (byPmsId.get(code) ?? byExternalId.get(code));
      if (match !== undefined) return { id: match.id, nombre: match.nombre, direccion: match.direccion };
    }
    return { id: null, nombre: apartmentText?.trim() || null, direccion: null };
  };
}

/**
 * A code as it is compared: without spaces and braces around it, integers without leading zeros (`{04}` is `4`). Null
 * for nothing, and for cells that name several units (`{4}{5}`), which never match.
 */
export function normaliseCode(code: string | null): string | null {
  const bare = (code ?? '').trim().replace(SURROUNDING_BRACES, '').trim();
  if (bare === '' || /[{}]/.test(bare)) return null;
  return /^\d+$/.test(bare) ? bare.replace(/^0+(?=\d)/, '') : bare;
}

function index(map: Map<string, CatalogueApartment>, code: string | null, apartment: CatalogueApartment): void {
  const key = normaliseCode(code);
  if (key !== null) map.set(key, apartment);
}

const spanishOrder = new Intl.Collator('es');

function byName(a: CatalogueApartment, b: CatalogueApartment): number {
  return spanishOrder.compare(a.nombre, b.nombre) || (a.id < b.id ? -1 : 1);
}
