import * as z from 'zod';
import { parseArrivalTime } from '../arrival/arrival-time.ts';
import { createReservation, type Reservation } from '../reservation/reservation.ts';
import { channelOf } from '../reservation/reservation-channel.ts';
import type { ReservationStatus } from '../reservation/reservation-status.ts';
import {
  joined,
  languageOf,
  notesOf,
  optionalId,
  phoneOf,
  wireCount,
  wireDate,
  wireId,
  wireText,
} from './wire-values.ts';

/** The channel of blocked periods (`integrations.md` §1.1.3). */
const BLOCKED_CHANNEL = '11';

/** A booking as Smoobu lists it (`integrations.md` §1.1.3). */
export const smoobuBooking = z.object({
  id: wireId,
  type: wireText,
  arrival: wireDate,
  departure: wireDate,
  apartment: z.object({ id: optionalId, name: wireText }).nullish().catch(null),
  channel: z.object({ channel_id: optionalId, name: wireText }).nullish().catch(null),
  'guest-name': wireText,
  firstname: wireText,
  lastname: wireText,
  email: wireText,
  phone: wireText,
  adults: wireCount,
  children: wireCount,
  'check-in': wireText,
  /** Names that older answers had for it (`stay-sidekick.md` §7.2). */
  check_in_time: wireText,
  checkInTime: wireText,
  'check-out': wireText,
  notice: wireText,
  'assistant-notice': wireText,
  language: wireText,
  'is-blocked-booking': z.unknown().optional(),
});
export type SmoobuBooking = z.output<typeof smoobuBooking>;

/** `integrations.md` §1.1.7. */
export function smoobuReservation(row: SmoobuBooking): Reservation {
  const arrival = row['check-in'] ?? row.check_in_time ?? row.checkInTime;
  return createReservation({
    source: 'pms',
    id_externo: row.id,
    apartment_id_externo: row.apartment?.id ?? null,
    apartment_name: row.apartment?.name ?? null,
    guest_name: joined(' ', row.firstname, row.lastname) ?? row['guest-name'],
    guest_first_name: row.firstname,
    guest_last_name: row.lastname,
    phone: phoneOf(row.phone),
    email: row.email,
    check_in: row.arrival,
    check_out: row.departure,
    arrival_time: parseArrivalTime(arrival ?? ''),
    departure_time: parseArrivalTime(row['check-out'] ?? ''),
    status: statusOf(row),
    status_raw: row.type,
    channel: channelOf(row.channel?.name ?? ''),
    channel_raw: row.channel?.name ?? null,
    language: languageOf(row.language),
    adults: row.adults,
    children: row.children,
    notes: notesOf(row.notice, row['assistant-notice']),
  });
}

function statusOf(row: SmoobuBooking): ReservationStatus {
  if (row['is-blocked-booking'] === true || row.channel?.channel_id === BLOCKED_CHANNEL) return 'blocked';
  return row.type === 'cancellation' ? 'cancelled' : 'confirmed';
}
