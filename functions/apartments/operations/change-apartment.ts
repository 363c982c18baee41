import {
  type ApartmentEdit,
  type ApartmentRepository,
  apartmentUnknown,
  type CommitApartment,
} from '../../../shared/domain/apartment/apartment.repository.ts';
import { type Clock, toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { boundRevision } from '../../../shared/platform/http/entity-tag.ts';
import type { CambiarBody } from '../schemas.ts';
import { showApartment } from './show-apartment.ts';

interface Deps {
  readonly apartments: Pick<ApartmentRepository, 'edit'>;
  readonly committing: (accion: 'apartamento.cambiar') => CommitApartment;
  readonly clock: Clock;
}

const OUTDATED = 'El apartamento ha cambiado desde que lo leíste. Vuelve a leerlo y repite el cambio.';

/**
 * Changes the fields that were sent.
 * @throws AppError `not_found`; `precondition_failed` when it is not what `If-Match` names any more
 */
export async function changeApartment(
  { apartments, committing, clock }: Deps,
  id: string,
  { body, ifMatch }: { readonly body: CambiarBody; readonly ifMatch: string | undefined },
) {
  const revision = boundRevision(ifMatch, OUTDATED);
  const edit = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as ApartmentEdit;
  const by = { now: toOffsetIso(clock.now()), commit: committing('apartamento.cambiar') };
  const changed = await apartments.edit(id, edit, { ...by, revision });
  if (changed === undefined) throw apartmentUnknown();
  if (changed === 'outdated') throw new AppError('precondition_failed', OUTDATED);
  return showApartment(changed);
}
