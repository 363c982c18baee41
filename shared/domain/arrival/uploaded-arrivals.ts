import { apartmentResolver } from './apartment-match.ts';
import { type Arrival, type ArrivalsConfiguration, arrivalFrom } from './arrivals-of-day.ts';
import type { ArrivalsSheet } from './arrivals-sheet.ts';
import { reportOf } from './same-stay.ts';

export interface UploadedArrivals {
  /** The late ones, in the order of the file. */
  readonly checkins: readonly Arrival[];
  /** Those without a known hour, in the order of the file. */
  readonly desconocidas: readonly Arrival[];
  readonly warnings: readonly string[];
}

/**
 * What the upload of `stay-sidekick.md` §4.8 answers with for a parsed sheet (ruling 10): rows of any date, none merged
 * with another. The reason why a sheet could not be read is its only warning.
 *
 * @throws RangeError for a malformed cutoff
 */
export function uploadedArrivals(
  sheet: ArrivalsSheet,
  { cutoff, catalogue }: Omit<ArrivalsConfiguration, 'zone'>,
): UploadedArrivals {
  const resolve = apartmentResolver(catalogue);
  const arrivals = sheet.reservations.map(({ reservation }) =>
    arrivalFrom([reportOf(reservation, resolve(reservation.apartment_id_externo, reservation.apartment_name))], cutoff),
  );
  return {
    checkins: arrivals.filter(({ tardio }) => tardio),
    desconocidas: arrivals.filter(({ estado_llegada }) => estado_llegada === 'desconocida'),
    warnings: sheet.failure === null ? sheet.warnings : [sheet.failure],
  };
}
