import * as z from 'zod';
import { parseArrivalTime } from '../arrival/arrival-time.ts';
import { createReservation, type Reservation } from '../reservation/reservation.ts';
import { channelOf } from '../reservation/reservation-channel.ts';
import type { ReservationStatus } from '../reservation/reservation-status.ts';
import { joined, notesOf, optionalId, phoneOf, wireCount, wireDate, wireId, wireText } from './wire-values.ts';

const guest = z.object({
  guestFirstName: wireText,
  guestLastName: wireText,
  guestEmail: wireText,
  guestPhone: wireText,
  guestCellPhone: wireText,
  isMainGuest: z.unknown().optional(),
});

const stayRoom = z.object({
  subReservationID: optionalId,
  roomID: optionalId,
  roomName: wireText,
  roomCheckIn: wireDate.nullish().catch(null),
  roomCheckOut: wireDate.nullish().catch(null),
  roomStatus: wireText,
  adults: wireCount,
  children: wireCount,
});

/** A reservation as `getReservations` lists it (`integrations.md` §1.4.3). */
export const cloudbedsRow = z.object({
  reservationID: wireId,
  propertyID: optionalId,
  status: wireText,
  guestID: optionalId,
  guestName: wireText,
  startDate: wireDate,
  endDate: wireDate,
  adults: wireCount,
  children: wireCount,
  sourceName: wireText,
  rooms: z.array(stayRoom).nullish().catch(null),
  /** By guest id; an empty list where nobody is named. */
  guestList: z.record(z.string(), guest).nullish().catch(null),
});
export type CloudbedsRow = z.output<typeof cloudbedsRow>;

/** What the detail call adds. */
export const arrivalDetail = z.object({
  reservationID: wireId,
  estimatedArrivalTime: wireText,
  specialRequests: wireText,
});
export type ArrivalDetail = z.output<typeof arrivalDetail>;

const STATUSES: Readonly<Record<string, ReservationStatus>> = {
  not_confirmed: 'pending',
  confirmed: 'confirmed',
  checked_in: 'confirmed',
  checked_out: 'confirmed',
  canceled: 'cancelled',
  cancelled: 'cancelled',
  no_show: 'no_show',
};

/** What is known beside the row. */
export interface StayContext {
  readonly detail: ArrivalDetail | undefined;
  /** The room of a property that has but one, for stays without a room of their own. */
  readonly onlyRoom: string | undefined;
}

/** One reservation for each room (`integrations.md` §1.4.6); for none without rooms, one of the whole stay. */
export function cloudbedsReservation(row: CloudbedsRow, context: StayContext): readonly Reservation[] {
  const rooms = row.rooms?.length ? row.rooms : [undefined];
  return rooms.map((room) => reservationOf(row, room, rooms.length, context));
}

function reservationOf(
  row: CloudbedsRow,
  room: z.output<typeof stayRoom> | undefined,
  rooms: number,
  { detail, onlyRoom }: StayContext,
): Reservation {
  return createReservation({
    ...guestOf(row),
    source: 'pms',
    id_externo: rooms === 1 ? row.reservationID : (room?.subReservationID ?? `${row.reservationID}-${room?.roomID}`),
    apartment_id_externo: room?.roomID ?? onlyRoom ?? null,
    apartment_name: room?.roomName ?? null,
    check_in: room?.roomCheckIn ?? row.startDate,
    check_out: room?.roomCheckOut ?? row.endDate,
    arrival_time: parseArrivalTime(detail?.estimatedArrivalTime ?? ''),
    status: room?.roomStatus === 'cancelled' ? 'cancelled' : (STATUSES[row.status ?? ''] ?? 'pending'),
    status_raw: row.status,
    channel: channelOf(row.sourceName ?? ''),
    channel_raw: row.sourceName,
    adults: room?.adults ?? row.adults,
    children: room?.children ?? row.children,
    notes: notesOf(detail?.specialRequests ?? null),
  });
}

function guestOf(row: CloudbedsRow) {
  const main = mainGuest(row);
  if (main === undefined) return { guest_name: row.guestName };
  return {
    guest_name: joined(' ', main.guestFirstName, main.guestLastName) ?? row.guestName,
    guest_first_name: main.guestFirstName,
    guest_last_name: main.guestLastName,
    phone: phoneOf(main.guestCellPhone ?? main.guestPhone),
    email: main.guestEmail,
  };
}

function mainGuest({ guestID, guestList }: CloudbedsRow): z.output<typeof guest> | undefined {
  const guests = guestList ?? {};
  return (
    guests[guestID ?? ''] ?? Object.values(guests).find(({ isMainGuest }) => isMainGuest) ?? Object.values(guests)[0]
  );
}
