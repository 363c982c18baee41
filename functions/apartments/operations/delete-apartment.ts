import {
  type ApartmentRepository,
  apartmentUnknown,
  type CommitApartment,
} from '../../../shared/domain/apartment/apartment.repository.ts';
import { type Clock, toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import { ok } from '../../../shared/platform/http/answers.ts';

interface Deps {
  readonly apartments: Pick<ApartmentRepository, 'deactivate'>;
  readonly committing: (accion: 'apartamento.borrar') => CommitApartment;
  readonly clock: Clock;
}

/** Deactivates an apartment; it comes back with an import or a sync that names it. @throws AppError `not_found` */
export async function deleteApartment({ apartments, committing, clock }: Deps, id: string) {
  const by = { now: toOffsetIso(clock.now()), commit: committing('apartamento.borrar') };
  if (!(await apartments.deactivate(id, by))) throw apartmentUnknown();
  return ok({});
}
