import { type ApartmentRepository, apartmentUnknown } from '../../../shared/domain/apartment/apartment.repository.ts';
import type { Apartment } from '../../../shared/domain/apartment/apartment.ts';

interface Deps {
  readonly apartments: Pick<ApartmentRepository, 'find'>;
}

/** Deactivated ones too. @throws AppError `not_found` */
export async function readApartment({ apartments }: Deps, id: string): Promise<Apartment> {
  const row = await apartments.find(id);
  if (row === undefined) throw apartmentUnknown();
  return row;
}
