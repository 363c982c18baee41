import type { Apartment } from '../../../shared/domain/apartment/apartment.ts';
import type { CatalogueSource, IncomingApartment } from '../../../shared/domain/apartment/catalogue-plan.ts';

const EMPRESA = '00000000-0000-4000-8000-000000000001';
export const THEN = '2026-05-01T10:00:00+00:00';
export const NOW = '2026-06-01T10:00:00+00:00';

let made = 0;
function newId(): string {
  made += 1;
  return `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
}

/** A row of the catalogue. */
export function aRow(facts: Partial<Apartment> = {}): Apartment {
  return {
    id: newId(),
    empresa_id: EMPRESA,
    id_pms: '1',
    id_externo: 'A',
    nombre: 'Sol',
    direccion: null,
    ciudad: null,
    numero_registro: null,
    pms_origen: 'xlsx',
    activo: true,
    revision: 1,
    created_at: THEN,
    updated_at: THEN,
    ...facts,
  };
}

export function incoming(facts: Partial<IncomingApartment> = {}): IncomingApartment {
  return { id_pms: '1', id_externo: 'A', nombre: 'Sol', direccion: null, ciudad: null, ...facts };
}

export function aSource(
  apartments: readonly IncomingApartment[],
  facts: Partial<CatalogueSource> = {},
): CatalogueSource {
  return { empresaId: EMPRESA, apartments, origin: 'xlsx', gone: new Set(), now: NOW, newId, ...facts };
}
