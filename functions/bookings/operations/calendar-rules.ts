import type { BookingRepository } from '../../../shared/domain/booking/booking.repository.ts';
import type { Booking } from '../../../shared/domain/booking/booking.ts';
import { BookingRefused } from '../../../shared/domain/booking/booking-writer.repository.ts';
import { overlapping } from '../../../shared/domain/booking/overlap.ts';
import type { Property } from '../../../shared/domain/property/property.ts';
import { invalidField } from './booking-deps.ts';

/** @throws AppError `invalid` when another active booking of the same calendar has some of the nights (§3.4) */
export async function refuseOverlap(bookings: BookingRepository, property: Property, booking: Booking): Promise<void> {
  const period = { from: booking.check_in_date, to: booking.check_out_date };
  const met = overlapping(property, booking, await bookings.listStaying(property, period));
  if (met === undefined) return;
  throw invalidField('non_field_errors', `These dates overlap with booking ${met.id} of the same property or unit.`);
}

/** Says of a code that is taken which field is at fault. */
export async function tellingTakenCode<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (thrown) {
    if (!(thrown instanceof BookingRefused)) throw thrown;
    throw invalidField('external_code', 'The property already has a booking with this code from this source.');
  }
}
