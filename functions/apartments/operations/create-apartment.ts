import type { ApartmentRepository, CommitApartment } from '../../../shared/domain/apartment/apartment.repository.ts';
import type { Apartment } from '../../../shared/domain/apartment/apartment.ts';
import { type Clock, toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import type { Ids } from '../../../shared/platform/ids/ids.ts';
import type { CrearBody } from '../schemas.ts';
import { showApartment } from './show-apartment.ts';

interface Deps {
  readonly apartments: Pick<ApartmentRepository, 'create'>;
  readonly committing: (accion: 'apartamento.crear') => CommitApartment;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Adds an apartment by hand; it has no id of the PMS until an import finds it by its code (D-28). */
export async function createApartment(
  { apartments, committing, clock, ids }: Deps,
  empresaId: string,
  body: CrearBody,
) {
  const now = toOffsetIso(clock.now());
  const apartment: Apartment = {
    id: ids.uuid(),
    empresa_id: empresaId,
    id_pms: null,
    ...body,
    pms_origen: 'manual',
    activo: true,
    revision: 1,
    created_at: now,
    updated_at: now,
  };
  await apartments.create(apartment, committing('apartamento.crear'));
  return showApartment(apartment);
}
