import type { Booking } from '../../../shared/domain/booking/booking.ts';
import { type BookingRow, shownBooking } from '../../../shared/domain/booking/booking-row.ts';
import type { Property } from '../../../shared/domain/property/property.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import { mayReadContacts } from './booking-deps.ts';

/** A booking as the caller may see it. */
export function bookingFor(actor: Actor, booking: Booking, property: Property, companyZone: string): BookingRow {
  const { guest_contact, ...row } = shownBooking(booking, property, companyZone);
  return mayReadContacts(actor) ? { ...row, guest_contact } : row;
}
