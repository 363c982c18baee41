import { localDateTime } from '../../platform/calendar/time-zone.ts';
import { liveUnits, type Property, type Unit, zoneOf } from '../property/property.ts';
import { createReservation, type Reservation } from '../reservation/reservation.ts';
import { channelOf } from '../reservation/reservation-channel.ts';
import { statusOfBooking } from '../reservation/reservation-status.ts';
import { type Booking, isActive, TENTATIVE_STATUS } from './booking.ts';

/** What a contact is, as far as its text tells. */
function contactOf(text: string): Pick<Reservation, 'phone' | 'email'> {
  const contact = text.trim();
  if (contact === '') return { phone: null, email: null };
  return contact.includes('@') ? { phone: null, email: contact } : { phone: contact, email: null };
}

/** The unit of a stay: the only one of its property where none is named (`aristay.md` §3.3). */
export function unitOf(property: Property, unitId: number | null): Unit | undefined {
  if (unitId !== null) return property.units.find(({ id }) => id === unitId);
  const [only, ...others] = liveUnits(property);
  return others.length === 0 ? only : undefined;
}

/** The dwelling as people call it: the property, with the unit's number where it is one of several. */
function dwellingName(property: Property, unit: Unit | undefined): string {
  return unit === undefined || property.units.length === 1 ? property.name : `${property.name} ${unit.unit_number}`;
}

/**
 * A booking as the platform's one reservation type (ruling 7). Its dates are those of the property's calendar; an hour
 * that was filled in by default is unknown.
 */
export function reservationOf(booking: Booking, property: Property, companyZone: string): Reservation {
  const zone = zoneOf(property, companyZone);
  const unit = unitOf(property, booking.unit_id);
  const arrival = localDateTime(new Date(booking.check_in_date), zone);
  const departure = localDateTime(new Date(booking.check_out_date), zone);
  return createReservation({
    source: 'booking',
    observed_at: booking.modified_at,
    id_externo: String(booking.id),
    // The unit's link goes before the property's (ruling 6).
    apartment_id_externo: unit?.external_ref ?? property.external_ref,
    apartment_name: dwellingName(property, unit),
    guest_name: booking.guest_name || null,
    ...contactOf(booking.guest_contact),
    check_in: arrival.date,
    check_out: departure.date,
    arrival_time: booking.check_in_hour_known ? arrival.time : null,
    departure_time: booking.check_out_hour_known ? departure.time : null,
    time_zone: property.timezone,
    status: isTentative(booking) ? 'pending' : statusOfBooking(booking.status),
    status_raw: booking.external_status || booking.status,
    channel: channelOf(booking.source),
    channel_raw: booking.source || null,
    adults: booking.adults,
    children: booking.children + booking.infants,
  });
}

/** Asked for on a channel and not yet confirmed: it takes its nights and brings nobody to the door. */
function isTentative(booking: Booking): boolean {
  return isActive(booking) && booking.created_via === 'system' && booking.external_status === TENTATIVE_STATUS;
}
