import * as z from 'zod';
import { dayAfter, isWithin, pageOf, wholeNumber } from './paged.ts';
import type { Partner, PartnerAnswer, PartnerRequest } from './partner.ts';
import { scriptedData } from './partner-data.ts';

/** The account of the stand-in with its one property, unless its data says otherwise. */
export const CLOUDBEDS_ACCOUNT = { key: 'cbat_demo01', property: '190233' } as const;

const DENIED: PartnerAnswer = { status: 401, body: { error: 'access_denied', message: 'The API key is not valid.' } };
const DEFAULT_PAGE = 20;
const LARGEST_PAGE = 100;

const text = z.string().min(1);

/** Cloudbeds' own rows; what a row leaves out is filled in with what an ordinary one has. */
const cloudbedsData = z.strictObject({
  account: z.strictObject({ key: text }),
  properties: z.array(
    z.looseObject({
      propertyID: text,
      propertyName: text,
      /** As `getHotelDetails` says it. */
      propertyAddress: z.looseObject({}).optional(),
      rooms: z.array(z.looseObject({ roomID: text, roomName: text })),
    }),
  ),
  reservations: z.array(z.looseObject({ reservationID: text, startDate: z.iso.date(), endDate: z.iso.date() })),
});
export type CloudbedsData = z.output<typeof cloudbedsData>;
type Property = CloudbedsData['properties'][number];

/** An error of the matter itself comes as 200 (`integrations.md` §1.4.4). */
function refusal(message: string): PartnerAnswer {
  return { status: 200, body: { success: false, message } };
}

/** Cloudbeds' properties, rooms and reservations (`integrations.md` §1.4). */
export function cloudbeds({ now }: { readonly now: () => Date }): Partner {
  const data = scriptedData(cloudbedsData, () => ({ account: { key: CLOUDBEDS_ACCOUNT.key }, ...demo(now()) }));
  return {
    name: 'cloudbeds',
    addressVariable: 'CLOUDBEDS_BASE_URL',
    data,
    faults: {
      down: { status: 503, body: { message: 'Service Unavailable' } },
      '401': DENIED,
      '429': { status: 429, body: { message: 'Too Many Requests' } },
    },
    keyOf: givenKey,
    answer(request) {
      const { method, path, query, headers } = request;
      const { account, properties } = data.get();
      if (givenKey(request) !== account.key) return DENIED;
      const call = CALLS[path.replace(/^\/api\/v1\.3/, '')];
      if (call === undefined) return { status: 404, body: { message: 'Not found' } };
      if (method !== 'GET') return { status: 405, body: { message: 'Method not allowed' } };
      const wanted = [query.get('propertyIDs'), query.get('propertyID'), headers['x-property-id']]
        .flatMap((ids) => (typeof ids === 'string' ? ids.split(',') : []))
        .filter((id) => id !== '');
      const known = properties.filter(({ propertyID }) => wanted.length === 0 || wanted.includes(propertyID));
      if (known.length === 0) return refusal('None of the property ids match this key.');
      return call(data.get(), query, known);
    },
    reset: () => undefined,
  };
}

function givenKey({ headers }: PartnerRequest): string | undefined {
  const key = headers['x-api-key'];
  return typeof key === 'string' ? key : /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
}

type Call = (data: CloudbedsData, query: URLSearchParams, known: readonly Property[]) => PartnerAnswer;

const CALLS: Readonly<Record<string, Call>> = {
  '/getHotels': (_, query, known) =>
    listed(
      known.map(({ propertyID, propertyName }) => ({ propertyID, propertyName })),
      query,
      DEFAULT_PAGE,
    ),
  '/getHotelDetails': (_, _query, [property]) => ({ status: 200, body: { success: true, data: detailsOf(property) } }),
  '/getRooms': (_, query, known) => roomList(known, query),
  '/getReservations': (data, query, known) => listed(reservationsOf(data, query, known), query, LARGEST_PAGE),
  '/getReservationsWithRateDetails': (data, query, known) => {
    const wanted = query.get('reservationID')?.split(',') ?? [];
    const found = reservationsOf(data, new URLSearchParams(), known, true);
    return listed(
      found.filter((row) => wanted.includes(row.reservationID)),
      query,
      LARGEST_PAGE,
    );
  },
};

function sizeAndPage(query: URLSearchParams, usual: number): readonly [size: number, page: number] {
  return [
    Math.max(1, wholeNumber(query, 'pageSize', usual, LARGEST_PAGE)),
    Math.max(1, wholeNumber(query, 'pageNumber', 1)),
  ];
}

function listed(rows: readonly unknown[], query: URLSearchParams, usual: number): PartnerAnswer {
  const [size, page] = sizeAndPage(query, usual);
  const data = pageOf(rows, page, size);
  return { status: 200, body: { success: true, data, count: data.length, total: rows.length } };
}

function detailsOf(property: Property | undefined) {
  const address = { propertyAddress1: '', propertyAddress2: '', propertyCity: '', propertyCountry: 'ES' };
  return {
    propertyID: property?.propertyID,
    propertyName: property?.propertyName,
    propertyAddress: { ...address, ...property?.propertyAddress },
    propertyPolicy: { propertyCheckInTime: '15:00', propertyCheckOutTime: '11:00' },
    propertyPrimaryLanguage: 'es',
  };
}

/** A page of rooms, whichever properties they are of. */
function roomList(known: readonly Property[], query: URLSearchParams): PartnerAnswer {
  const [size, page] = sizeAndPage(query, DEFAULT_PAGE);
  const usual = { maxGuests: 2, roomTypeID: '402', roomTypeName: 'Studio', isVirtual: false, roomBlocked: false };
  const all = known.flatMap(({ propertyID, rooms }) => rooms.map((room) => ({ propertyID, ...usual, ...room })));
  const rooms = pageOf(all, page, size);
  const data = known.flatMap(({ propertyID }) => {
    const own = rooms.filter((room) => room.propertyID === propertyID);
    return own.length === 0 ? [] : [{ propertyID, rooms: own.map(({ propertyID: _, ...room }) => room) }];
  });
  return { status: 200, body: { success: true, data, count: rooms.length, total: all.length } };
}

function reservationsOf(
  { reservations }: CloudbedsData,
  query: URLSearchParams,
  known: readonly Property[],
  detailed = false,
) {
  const status = query.get('status');
  return reservations
    .map((row) => {
      const { estimatedArrivalTime, ...listedRow } = row;
      const dates = { roomCheckIn: row.startDate, roomCheckOut: row.endDate };
      const room = { roomID: known[0]?.rooms[0]?.roomID ?? null, ...dates, roomStatus: 'not_checked_in' };
      const usual = {
        propertyID: known[0]?.propertyID ?? '',
        status: 'confirmed',
        guestName: '',
        adults: '2',
        children: '0',
        sourceName: 'Booking.com',
        rooms: [{ subReservationID: row.reservationID, adults: '2', children: '0', ...room }],
        guestList: {},
      };
      return { ...usual, ...listedRow, ...(detailed && { estimatedArrivalTime: estimatedArrivalTime ?? '' }) };
    })
    .filter((row) => known.some(({ propertyID }) => propertyID === row.propertyID))
    .filter((row) => status === null || row.status === status)
    .filter((row) => isWithin(row.startDate, query, 'checkInFrom', 'checkInTo'))
    .filter((row) => isWithin(row.endDate, query, 'checkOutFrom', 'checkOutTo'))
    .filter((row) => isWithin(row.endDate, query, 'checkOutFrom', 'checkOutTo'));
}

function demo(now: Date) {
  const guest = { guestFirstName: 'Yara', guestLastName: 'Haddad', guestPhone: '+33600000000', isMainGuest: true };
  return {
    properties: [
      {
        propertyID: CLOUDBEDS_ACCOUNT.property,
        propertyName: 'Hostal Invención',
        propertyAddress: { propertyAddress1: 'Calle Imaginada 4', propertyCity: 'Cádiz' },
        rooms: [
          { roomID: '402-1', roomName: 'Studio 1' },
          { roomID: '402-2', roomName: 'Studio 2' },
        ],
      },
    ],
    reservations: [
      {
        reservationID: '8812004471120',
        startDate: dayAfter(now, 0),
        endDate: dayAfter(now, 3),
        guestName: 'Yara Haddad',
        estimatedArrivalTime: '22:30',
        guestList: { '55290117': guest },
      },
    ],
  };
}
