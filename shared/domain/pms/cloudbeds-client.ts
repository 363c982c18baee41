import * as z from 'zod';
import { addDays } from '../../platform/calendar/calendar-date.ts';
import type { PmsCredentialOf } from '../integration/pms-credential.ts';
import { knownLast, readDetails } from './apartment-details.ts';
import { type CloudbedsCalls, cloudbedsCalls } from './cloudbeds-calls.ts';
import {
  cloudbedsApartment,
  type Hotel,
  hotelDetails,
  hotelRow,
  isDwelling,
  type Room,
  roomGroup,
  roomsOf,
} from './cloudbeds-dwelling.ts';
import {
  type ArrivalDetail,
  arrivalDetail,
  type CloudbedsRow,
  cloudbedsReservation,
  cloudbedsRow,
} from './cloudbeds-reservation.ts';
import type { PmsClient, StayWindow } from './pms-client.ts';
import type { PmsSession } from './pms-session.ts';

/** Arrival hours stand in a detail call alone, asked for the arrivals of so many days (`integrations.md` §1.4.3). */
const DETAILED_DAYS = 7;
/** Reservations that one detail call takes. */
const DETAILED_AT_ONCE = 100;

/**
 * Cloudbeds v1.3 (`integrations.md` §1.4).
 * @param today date in UTC: a day's difference at the property is allowed for
 */
export function cloudbedsClient(
  session: PmsSession,
  credential: PmsCredentialOf<'cloudbeds'>,
  today: string,
): PmsClient {
  const calls = cloudbedsCalls(session, credential);
  const pinned = credential.property;
  return {
    async listApartments(known = new Set()) {
      const [hotels, rooms] = [await hotelsOf(calls, pinned), await dwellingsOf(calls, pinned)];
      const isKnown = (hotel: Hotel) =>
        rooms.every((room) => room.propertyID !== hotel.propertyID || known.has(room.roomID));
      const details = await readDetails(
        session,
        knownLast(
          hotels.map(({ propertyID }) => propertyID),
          new Set(hotels.filter(isKnown).map(({ propertyID }) => propertyID)),
        ),
        (propertyID) => calls.one('getHotelDetails', hotelDetails, { propertyID }),
      );
      return rooms.map((room) =>
        cloudbedsApartment(room, {
          hotel: hotels.find(({ propertyID }) => propertyID === room.propertyID),
          hasOneRoom: rooms.filter(({ propertyID }) => propertyID === room.propertyID).length === 1,
          details,
        }),
      );
    },
    async confirmGone(ids) {
      const listed = new Set((await dwellingsOf(calls, pinned)).map(({ roomID }) => roomID));
      return new Set(ids.filter((id) => !listed.has(id)));
    },
    async listReservations(window) {
      const hotels = await hotelsOf(calls, pinned);
      const rows: CloudbedsRow[] = [];
      for (const { propertyID } of hotels) rows.push(...(await reservationsOf(calls, propertyID, window)));
      const details = await arrivalDetails(calls, rows, today);
      const needsRooms = rows.some(({ rooms }) => rooms?.some(({ roomID }) => roomID === null) ?? true);
      const dwellings = needsRooms ? await dwellingsOf(calls, pinned) : [];
      const onlyRoomOf = (id: string | null) => {
        const own = dwellings.filter(({ propertyID }) => propertyID === id);
        return own.length === 1 ? own[0]?.roomID : undefined;
      };
      return rows
        .flatMap((row) =>
          cloudbedsReservation(row, {
            detail: details.get(row.reservationID),
            onlyRoom: onlyRoomOf(row.propertyID),
          }),
        )
        .filter(({ [window.by ?? 'check_in']: day }) => day !== null && day >= window.from && day <= window.to);
    },
  };
}

function hotelsOf(calls: CloudbedsCalls, pinned: string | null): Promise<readonly Hotel[]> {
  return calls.all('getHotels', z.array(hotelRow), {
    ...(pinned !== null && { query: { propertyIDs: pinned } }),
    rowsOf: (rows) => rows,
    idOf: ({ propertyID }) => propertyID,
  });
}

async function dwellingsOf(calls: CloudbedsCalls, pinned: string | null): Promise<readonly Room[]> {
  const rooms = await calls.all('getRooms', z.array(roomGroup), {
    ...(pinned !== null && { query: { propertyIDs: pinned } }),
    rowsOf: roomsOf,
    idOf: ({ roomID }) => roomID,
  });
  return rooms.filter(isDwelling);
}

/** Without a status, and once more the cancelled ones, of which it is not sure that they are listed (§1.5). */
async function reservationsOf(
  calls: CloudbedsCalls,
  propertyID: string,
  { from, to, by }: StayWindow,
): Promise<readonly CloudbedsRow[]> {
  const days = by === 'check_out' ? { checkOutFrom: from, checkOutTo: to } : { checkInFrom: from, checkInTo: to };
  const query = { propertyID, ...days, includeGuestsDetails: 'true' };
  const list = (more: object) =>
    calls.all('getReservations', z.array(cloudbedsRow), {
      query: { ...query, ...more },
      rowsOf: (rows) => rows,
      idOf: ({ reservationID }) => reservationID,
    });
  const [listed, cancelled] = [await list({}), await list({ status: 'canceled' })];
  return [...new Map([...listed, ...cancelled].map((row) => [row.reservationID, row])).values()];
}

async function arrivalDetails(
  calls: CloudbedsCalls,
  rows: readonly CloudbedsRow[],
  today: string,
): Promise<ReadonlyMap<string, ArrivalDetail>> {
  const [first, last] = [addDays(today, -1), addDays(today, DETAILED_DAYS)];
  const ids = rows
    .filter(({ startDate }) => startDate >= first && startDate <= last)
    .map(({ reservationID }) => reservationID);
  const details = new Map<string, ArrivalDetail>();
  for (let at = 0; at < ids.length; at += DETAILED_AT_ONCE) {
    const found = await calls.all('getReservationsWithRateDetails', z.array(arrivalDetail), {
      query: { reservationID: ids.slice(at, at + DETAILED_AT_ONCE).join(',') },
      rowsOf: (list) => list,
      idOf: ({ reservationID }) => reservationID,
    });
    for (const detail of found) details.set(detail.reservationID, detail);
  }
  return details;
}
