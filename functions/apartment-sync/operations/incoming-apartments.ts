import { APARTMENT_LIMITS, type Apartment } from '../../../shared/domain/apartment/apartment.ts';
import type { IncomingApartment } from '../../../shared/domain/apartment/catalogue-plan.ts';
import type { PmsApartment } from '../../../shared/domain/pms/pms-client.ts';
import { cutText } from '../../../shared/platform/text/cut-text.ts';
import { plainLine } from '../../../shared/platform/text/plain-line.ts';

/** What a PMS lists, as the catalogue takes it. */
export interface Normalised {
  readonly incoming: readonly IncomingApartment[];
  /** Listed, but not described (`stay-sidekick.md` §7.3), or with an id that the catalogue has no room for. */
  readonly omitted: readonly { readonly id_pms: string; readonly nombre: string }[];
}

/**
 * Turns listed dwellings into the catalogue's. One whose details failed is left out; one whose details were not asked
 * for is taken by its name where the catalogue knows the rest.
 */
export function incomingApartments(listed: readonly PmsApartment[], catalogue: readonly Apartment[]): Normalised {
  const known = new Set(catalogue.map(({ id_pms }) => id_pms));
  const isTaken = ({ id_externo, detalle }: PmsApartment) =>
    id_externo.length <= APARTMENT_LIMITS.id_pms &&
    (detalle === 'leido' || (detalle === 'sin_pedir' && known.has(id_externo)));
  return {
    incoming: listed.filter(isTaken).map(incomingOf),
    omitted: listed
      .filter((dwelling) => !isTaken(dwelling))
      .map((dwelling) => ({ id_pms: dwelling.id_externo, nombre: incomingOf(dwelling).nombre })),
  };
}

function incomingOf({ id_externo, nombre, direccion, ciudad }: PmsApartment): IncomingApartment {
  return {
    id_pms: id_externo,
    id_externo,
    nombre: cut(nombre, APARTMENT_LIMITS.nombre) ?? id_externo,
    direccion: cut(direccion, APARTMENT_LIMITS.direccion),
    ciudad: cut(ciudad, APARTMENT_LIMITS.ciudad),
  };
}

/** Plain text of at most so many characters; null when nothing is left of it. */
function cut(text: string | null, most: number): string | null {
  return cutText(plainLine(text ?? ''), most).trim() || null;
}
