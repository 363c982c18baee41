import * as z from 'zod';
import { daysBetween, isCalendarDate } from '../../platform/calendar/calendar-date.ts';
import { isValidZone } from '../../platform/calendar/time-zone.ts';
import { reservationChannel } from './reservation-channel.ts';
import { reservationStatus } from './reservation-status.ts';

/** Who told us of a stay: an S3 drop or upload, our own bookings, the connected PMS, an iCal feed. */
export const reservationSource = z.enum(['arrivals_file', 'booking', 'pms', 'ical']);
export type ReservationSource = z.output<typeof reservationSource>;

const text = z.string().nullable();
const date = z.string().refine(isCalendarDate, 'Not a calendar date (YYYY-MM-DD).').nullable();
const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .nullable();
const count = z.int().min(0).nullable();

/**
 * The one reservation type of the platform (`integrations.md` §0.1 with ruling 7: dates and names may be null).
 * PMS pulls, spreadsheet rows, bookings and feed events become one before any rule looks at them.
 */
export const reservationSchema = z
  .object({
    source: reservationSource,
    /** When the source last said so; decides between sources that differ. */
    observed_at: z.iso.datetime({ offset: true }).nullable(),
    /** The source's own id of the stay as text; unique for the tenant and source only. */
    id_externo: z.string().min(1),
    /** The provider's apartment id, null while no unit is assigned. */
    apartment_id_externo: text,
    /** Apartment as the source writes it, e.g. `Atlántico Azul` or `{135}`. */
    apartment_name: text,
    /** As the source writes it; the parts beside it where the source splits them. */
    guest_name: text,
    guest_first_name: text,
    guest_last_name: text,
    /** E.164 where it could be parsed, else the source's text. */
    phone: text,
    email: text,
    /** Calendar dates at the property; a zone never moves them. */
    check_in: date,
    check_out: date,
    /** `HH:MM` on the property's clocks. Null is unknown: an hour that was filled in by default is null, too. */
    arrival_time: timeOfDay,
    departure_time: timeOfDay,
    /** Zone of the property where it overrides the company's (ruling 10). */
    time_zone: z.string().refine(isValidZone, 'Not a zone of the IANA database.').nullable(),
    status: reservationStatus,
    status_raw: text,
    channel: reservationChannel,
    channel_raw: text,
    /** ISO 639-1 in lower case. */
    language: z
      .string()
      .regex(/^[a-z]{2}$/)
      .nullable(),
    adults: count,
    children: count,
    nights: count,
    /** Guest-visible remarks first, host notes after a blank line. */
    notes: text,
  })
  .readonly();
export type Reservation = z.output<typeof reservationSchema>;

/** What a source must know of a stay; the rest is unknown until it says otherwise. `nights` is always computed. */
export type ReservationFacts = Pick<Reservation, 'source' | 'id_externo' | 'status'> &
  Partial<Omit<Reservation, 'nights'>>;

const UNKNOWN = {
  observed_at: null,
  apartment_id_externo: null,
  apartment_name: null,
  guest_name: null,
  guest_first_name: null,
  guest_last_name: null,
  phone: null,
  email: null,
  check_in: null,
  check_out: null,
  arrival_time: null,
  departure_time: null,
  time_zone: null,
  status_raw: null,
  channel: 'other',
  channel_raw: null,
  language: null,
  adults: null,
  children: null,
  notes: null,
} as const satisfies Partial<Reservation>;

/**
 * A reservation from what its source knows.
 *
 * @throws RangeError when a date is not a calendar date
 */
export function createReservation(facts: ReservationFacts): Reservation {
  const reservation = { ...UNKNOWN, ...facts };
  return { ...reservation, nights: nightsOf(reservation.check_in, reservation.check_out) };
}

/** `check_out − check_in`; null when either is unknown or they are the wrong way round. */
export function nightsOf(checkIn: string | null, checkOut: string | null): number | null {
  if (checkIn === null || checkOut === null) return null;
  const nights = daysBetween(checkIn, checkOut);
  return nights < 0 ? null : nights;
}

/** The guest's name as people file it: `Apellido, Nombre` where the source splits it, else as written; null if unknown. */
export function filingName(
  guest: Pick<Reservation, 'guest_name' | 'guest_first_name' | 'guest_last_name'>,
): string | null {
  const [first, last, whole] = [guest.guest_first_name, guest.guest_last_name, guest.guest_name].map(
    (part) => part?.trim() || null,
  );
  if (first && last) return `${last}, ${first}`;
  return whole ?? last ?? first ?? null;
}
