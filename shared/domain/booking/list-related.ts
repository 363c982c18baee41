import { toUtcIso } from '../../platform/clock/clock.ts';
import { eachLimit } from '../../platform/concurrency/each-limit.ts';
import type { Property } from '../property/property.ts';
import type { BookingRepository } from './booking.repository.ts';
import type { Booking, StoredBooking } from './booking.ts';

/** Ranges and batches that are read side by side. */
const PARALLEL = 8;
/** Rows of one round trip by their keys. */
const BATCH = 100;

/** What a row of somebody else's list says of a stay. */
export type StayFacts = Pick<Booking, 'property_id' | 'check_in_date' | 'check_out_date' | 'source' | 'external_code'>;

/**
 * The bookings that some stays may turn out to be, or to meet: those of their properties around their dates, and those
 * with one of their codes wherever they are. One range for each property, one query of codes, and a hundred at a time
 * of those that only a code led to.
 */
export async function listRelated(
  bookings: BookingRepository,
  stays: readonly StayFacts[],
  properties: readonly Pick<Property, 'id' | 'longest_stay_s'>[],
): Promise<readonly Booking[]> {
  const found = new Map<number, StoredBooking>();
  const around = eachLimit(periodsOf(stays), PARALLEL, async ([propertyId, { from, to }]) => {
    const longest = properties.find(({ id }) => id === propertyId)?.longest_stay_s ?? 0;
    const earliest = toUtcIso(new Date(Date.parse(from) - longest * 1000));
    for (const stored of await bookings.listCheckingIn(propertyId, { from: earliest, to }))
      found.set(stored.id, stored);
  });
  // Together: one that failed while nobody waits for it would end the whole function.
  const [held] = await Promise.all([bookings.listHoldersOfMany(stays), around]);
  const missing = held.map(({ booking_id }) => booking_id).filter((id) => !found.has(id));
  const batches = Array.from({ length: Math.ceil(missing.length / BATCH) }, (_, at) =>
    missing.slice(at * BATCH, (at + 1) * BATCH),
  );
  await eachLimit(batches, PARALLEL, async (ids) => {
    for (const stored of await bookings.findStored(await bookings.findOutlines(ids))) found.set(stored.id, stored);
  });
  return bookings.open([...found.values()]);
}

/** For each property the time from its first arrival to its last departure. */
function periodsOf(stays: readonly StayFacts[]): ReadonlyMap<number, { readonly from: string; readonly to: string }> {
  const periods = new Map<number, { from: string; to: string }>();
  for (const { property_id, check_in_date: from, check_out_date: to } of stays) {
    const known = periods.get(property_id);
    periods.set(property_id, {
      from: known === undefined || from < known.from ? from : known.from,
      to: known === undefined || to > known.to ? to : known.to,
    });
  }
  return periods;
}
