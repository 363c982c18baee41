import type { BookingRow } from '../../../shared/domain/booking/booking-row.ts';
import { type BookingDeps, foundBooking, notFound } from './booking-deps.ts';
import { bookingFor } from './show-booking.ts';

/** One booking. @throws AppError `not_found` */
export async function readBooking(deps: BookingDeps, id: number): Promise<BookingRow> {
  const booking = await foundBooking(deps, id);
  const { property, companyZone } = await deps.properties.findAnyWithZone(booking.property_id);
  if (property === undefined) throw notFound();
  return bookingFor(deps.actor, booking, property, companyZone);
}
