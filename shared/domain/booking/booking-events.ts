import type { NewEvent } from '../event/event-types.ts';
import type { Property } from '../property/property.ts';
import type { Booking } from './booking.ts';
import { shownBooking } from './booking-row.ts';

/** How a booking came to be, for who is told of it. */
export type BookingOrigin =
  | { readonly origin: 'api' }
  | { readonly origin: 'import' | 'resolution'; readonly import_id: string };

/** A booking was created (`aristay.md` §8.1). */
export function bookingCreated(
  booking: Booking,
  home: { readonly property: Property; readonly companyZone: string },
  origin: BookingOrigin,
): NewEvent {
  const data = { booking: shownBooking(booking, home.property, home.companyZone), ...origin };
  return { type: 'booking.created', data };
}
