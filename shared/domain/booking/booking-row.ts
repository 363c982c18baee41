import * as z from 'zod';
import { daysBetween } from '../../platform/calendar/calendar-date.ts';
import { localDateTime } from '../../platform/calendar/time-zone.ts';
import { type Property, zoneOf } from '../property/property.ts';
import { BOOKING_STATUSES, type Booking } from './booking.ts';

/** A booking as the API and its events show it (`aristay.md` S17), with the extras of a row. */
export const bookingRow = z.object({
  id: z.int(),
  external_code: z.string(),
  source: z.string(),
  guest_name: z.string(),
  check_in_date: z.string(),
  check_out_date: z.string(),
  property: z.int(),
  property_name: z.string(),
  unit: z.string().nullable(),
  status: z.enum(BOOKING_STATUSES),
  total_nights: z.int().positive(),
  created_at: z.string(),
  /** For managers and admins alone. */
  guest_contact: z.string().optional(),
  external_status: z.string(),
  listing_name: z.string(),
  adults: z.int(),
  children: z.int(),
  infants: z.int(),
  earnings_amount: z.string().nullable(),
  earnings_currency: z.string(),
  booked_on: z.string().nullable(),
  same_day_note: z.string(),
  same_day_flag: z.boolean(),
  created_via: z.string(),
  modified_via: z.string(),
  updated_at: z.string(),
});
export type BookingRow = z.input<typeof bookingRow>;

/** Nights by the calendar of the property, at least one: 10 September 15:00 to 15 September 11:00 are five. */
export function totalNights({ check_in_date, check_out_date }: Booking, zone: string): number {
  const [arrival, departure] = [check_in_date, check_out_date].map((at) => localDateTime(new Date(at), zone).date);
  return Math.max(1, daysBetween(arrival ?? '', departure ?? ''));
}

/** @param companyZone the zone of properties that have none of their own */
export function shownBooking(booking: Booking, property: Property, companyZone: string): BookingRow {
  return {
    id: booking.id,
    external_code: booking.external_code,
    source: booking.source,
    guest_name: booking.guest_name,
    check_in_date: booking.check_in_date,
    check_out_date: booking.check_out_date,
    property: property.id,
    property_name: property.name,
    unit: property.units.find(({ id }) => id === booking.unit_id)?.unit_number ?? null,
    status: booking.status,
    total_nights: totalNights(booking, zoneOf(property, companyZone)),
    created_at: booking.created_at,
    guest_contact: booking.guest_contact,
    external_status: booking.external_status,
    listing_name: booking.listing_name,
    adults: booking.adults,
    children: booking.children,
    infants: booking.infants,
    earnings_amount: booking.earnings_amount,
    earnings_currency: booking.earnings_currency,
    booked_on: booking.booked_on,
    same_day_note: booking.same_day_note,
    same_day_flag: booking.same_day_flag,
    created_via: booking.created_via,
    modified_via: booking.modified_via,
    updated_at: booking.modified_at,
  };
}
