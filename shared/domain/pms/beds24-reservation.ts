import * as z from 'zod';
import { parseArrivalTime } from '../arrival/arrival-time.ts';
import { createReservation, type Reservation } from '../reservation/reservation.ts';
import { channelOf } from '../reservation/reservation-channel.ts';
import type { ReservationStatus } from '../reservation/reservation-status.ts';
import { type Dwelling, dwellingOf } from './beds24-dwelling.ts';
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

/** A booking as Beds24 lists it (`integrations.md` §1.2.3). */
export const beds24Booking = z.object({
  id: wireId,
  roomId: optionalId,
  unitId: optionalId,
  status: wireText,
  subStatus: wireText,
  arrival: wireDate,
  departure: wireDate,
  numAdult: wireCount,
  numChild: wireCount,
  firstName: wireText,
  lastName: wireText,
  email: wireText,
  phone: wireText,
  mobile: wireText,
  arrivalTime: wireText,
  comments: wireText,
  notes: wireText,
  lang: wireText,
  apiSource: wireText,
  channel: wireText,
});
type Beds24Booking = z.output<typeof beds24Booking>;

const STATUSES: Readonly<Record<string, ReservationStatus>> = {
  confirmed: 'confirmed',
  new: 'confirmed',
  request: 'pending',
  cancelled: 'cancelled',
  black: 'blocked',
};

/** `integrations.md` §1.2.7; an inquiry is none. */
export function beds24Reservation(row: Beds24Booking, known: readonly Dwelling[]): readonly Reservation[] {
  if (row.status === 'inquiry') return [];
  const dwelling = dwellingOf(row, known);
  const isKnownRoom = known.some(({ roomId }) => roomId === row.roomId);
  const channel = row.channel ?? row.apiSource;
  return [
    createReservation({
      source: 'pms',
      id_externo: row.id,
      // A room that the properties do not list any more is named by its own id.
      apartment_id_externo: dwelling?.id_externo ?? (isKnownRoom ? null : row.roomId),
      apartment_name: dwelling?.nombre ?? null,
      guest_name: joined(' ', row.firstName, row.lastName),
      guest_first_name: row.firstName,
      guest_last_name: row.lastName,
      phone: phoneOf(row.mobile ?? row.phone),
      email: row.email,
      check_in: row.arrival,
      check_out: row.departure,
      arrival_time: firstTimeIn(row.arrivalTime),
      status: row.subStatus === 'noShow' ? 'no_show' : (STATUSES[row.status ?? ''] ?? 'pending'),
      status_raw: joined('/', row.status, row.subStatus === 'none' ? null : row.subStatus),
      channel: channelOf(channel ?? ''),
      channel_raw: channel,
      language: languageOf(row.lang),
      adults: row.numAdult,
      children: row.numChild,
      notes: notesOf(row.comments, isTimeAlone(row.arrivalTime) ? null : row.arrivalTime, row.notes),
    }),
  ];
}

const TIME = /\b(?<clock>\d{1,2}:\d{2}(?:\s*[ap]\.?m\b\.?)?)|\b(?<hour>\d{1,2})\s*(?<half>[ap]\.?m)\b/i;

/** The first hour in free text, `HH:MM` or `H am/pm`. */
function firstTimeIn(text: string | null): string | null {
  const { clock, hour, half } = TIME.exec(text ?? '')?.groups ?? {};
  return parseArrivalTime(clock ?? (hour === undefined ? '' : `${hour}:00 ${half}`));
}

/** Nothing but an hour: then a note would only repeat it. */
function isTimeAlone(text: string | null): boolean {
  return text === null || text.replace(TIME, '').trim() === '';
}
