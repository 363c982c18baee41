import { addDays } from '../../platform/calendar/calendar-date.ts';
import { instantOf, localDateTime } from '../../platform/calendar/time-zone.ts';
import { toUtcIso } from '../../platform/clock/clock.ts';
import { type Property, zoneOf } from '../property/property.ts';
import type { Reservation } from '../reservation/reservation.ts';
import type { BookingRepository } from './booking.repository.ts';
import { reservationOf } from './booking-reservation.ts';

interface Deps {
  readonly bookings: BookingRepository;
  readonly properties: { listAll(): Promise<readonly Property[]> };
  /** The company's zone, for properties without one of their own. */
  readonly zone: string;
}

/** Everywhere on Earth it is this day within these instants: zones lie between UTC−12 and UTC+14. */
export function instantsOfDay(day: string): { readonly from: string; readonly to: string } {
  return {
    from: toUtcIso(instantOf(addDays(day, -1), '09:00', 'UTC')),
    to: toUtcIso(instantOf(addDays(day, 1), '13:00', 'UTC')),
  };
}

/**
 * The bookings that check in on a calendar day of their property, as normalised reservations: whatever their status,
 * which the rules of arrivals look at themselves (rulings 7 and 13).
 * @param day `YYYY-MM-DD`
 */
export async function listArrivingOn(
  { bookings, properties, zone }: Deps,
  day: string,
): Promise<readonly Reservation[]> {
  const near = await bookings.listCompanyCheckingIn(instantsOfDay(day));
  if (near.length === 0) return [];
  const known = new Map((await properties.listAll()).map((property) => [property.id, property]));
  const arriving = near.flatMap((stored) => {
    const property = known.get(stored.property_id);
    if (property === undefined) return [];
    const { date } = localDateTime(new Date(stored.check_in_date), zoneOf(property, zone));
    return date === day ? [{ stored, property }] : [];
  });
  const opened = await bookings.open(arriving.map(({ stored }) => stored));
  const homes = new Map(arriving.map(({ stored, property }) => [stored.id, property]));
  return opened.flatMap((booking) => {
    const property = homes.get(booking.id);
    return property === undefined ? [] : [reservationOf(booking, property, zone)];
  });
}
