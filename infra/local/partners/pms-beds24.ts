import * as z from 'zod';
import { dayAfter, isWithin, pageOf, wholeNumber } from './paged.ts';
import type { Partner, PartnerAnswer, PartnerRequest } from './partner.ts';
import { scriptedData } from './partner-data.ts';

/** The account of the stand-in, unless its data says otherwise: its invite can be used once between two resets. */
export const BEDS24_ACCOUNT = {
  invite: 'demo-invite',
  refreshToken: 'demo-refresh-token',
  longLifeToken: 'demo-longlife-token',
  ownerId: 48211,
} as const;

const DAY_S = 86_400;
/** About what was measured; nothing asks for another size (`integrations.md` §1.2.3). */
const PAGE = 100;
/** What a call is answered with when it names no status: cancelled ones have to be asked for. */
const LISTED_STATUSES = ['confirmed', 'request', 'new', 'black', 'inquiry'];

const id = z.int().positive();
const rows = z.array(z.looseObject({ id }));

/** Beds24's own rows; what a row leaves out is filled in with what an ordinary one has. */
const beds24Data = z.strictObject({
  account: z.strictObject({
    invite: z.string(),
    refreshToken: z.string(),
    longLifeToken: z.string(),
    ownerId: id,
    /** What the refresh token is exchanged for, and its life in seconds. */
    accessToken: z.string().default('demo-access-token'),
    expiresIn: z.int().positive().default(DAY_S),
  }),
  /** Credits left of the five minutes, and seconds until they are full again. */
  credits: z.strictObject({ remaining: z.number(), resetsIn: z.number() }).default({ remaining: 97.6, resetsIn: 240 }),
  properties: z.array(z.looseObject({ id, name: z.string(), roomTypes: rows.optional() })),
  bookings: z.array(z.looseObject({ id, arrival: z.iso.date(), departure: z.iso.date() })),
});
export type Beds24Data = z.output<typeof beds24Data>;

function failure(code: number, error: string): PartnerAnswer {
  return { status: code, body: { success: false, type: 'error', code, error } };
}

const INVALID = failure(401, 'Token not valid');

/** Beds24's token calls, properties and bookings (`integrations.md` §1.2). */
export function beds24({ now }: { readonly now: () => Date }): Partner {
  let invited = false;
  const data = scriptedData(beds24Data, () => ({ account: BEDS24_ACCOUNT, ...demo(now()) }));

  function tokenCall(call: string, { headers }: PartnerRequest): PartnerAnswer {
    const { invite, refreshToken, longLifeToken, ownerId, accessToken, expiresIn } = data.get().account;
    if (call === 'setup') {
      if (headers.code !== invite || invited) return failure(401, 'Code not valid');
      invited = true;
      return { status: 200, body: { token: accessToken, expiresIn, refreshToken } };
    }
    if (call === 'token') {
      if (headers.refreshtoken !== refreshToken) return INVALID;
      return { status: 200, body: { token: accessToken, expiresIn } };
    }
    const isKnown = headers.token === accessToken || headers.token === longLifeToken;
    if (!isKnown) return { status: 200, body: { validToken: false } };
    return { status: 200, body: { validToken: true, token: { ...TOKEN_DETAILS, ownerId, expiresIn } } };
  }

  return {
    name: 'beds24',
    addressVariable: 'BEDS24_BASE_URL',
    data,
    faults: {
      down: failure(503, 'Service unavailable'),
      '401': INVALID,
      '429': {
        ...failure(429, 'Credit limit exceeded'),
        headers: { 'x-five-min-limit-remaining': '0', 'x-five-min-limit-resets-in': '60' },
      },
    },
    keyOf: ({ headers }) => [headers.token, headers.refreshtoken, headers.code].flat().find((key) => key !== undefined),
    answer(request) {
      const path = request.path.replace(/^\/api\/v2/, '');
      const [, call] = /^\/authentication\/(setup|token|details)$/.exec(path) ?? [];
      if (call === undefined && !LISTS.includes(path)) return failure(404, 'Not found');
      if (request.method !== 'GET') return failure(405, 'Method not allowed');
      if (call !== undefined) return tokenCall(call, request);
      const { account, credits } = data.get();
      if (request.headers.token !== account.accessToken && request.headers.token !== account.longLifeToken) {
        return INVALID;
      }
      const listed = path === '/properties' ? properties(data.get(), request) : bookings(data.get(), request, now());
      const headers = {
        'x-five-min-limit-remaining': String(credits.remaining),
        'x-five-min-limit-resets-in': String(credits.resetsIn),
        'x-request-cost': '1.2',
      };
      return { ...listed, headers };
    },
    reset: () => {
      invited = false;
    },
  };
}

const LISTS = ['/properties', '/bookings'];

function listed(type: string, all: readonly unknown[], query: URLSearchParams): PartnerAnswer {
  const page = Math.max(1, wholeNumber(query, 'page', 1));
  const data = pageOf(all, page, PAGE);
  const nextPageExists = page * PAGE < all.length;
  const pages = { nextPageExists, nextPageLink: nextPageExists ? `https://beds24.com/?page=${page + 1}` : null };
  return { status: 200, body: { success: true, type, count: data.length, pages, data } };
}

function properties(data: Beds24Data, { query }: PartnerRequest): PartnerAnswer {
  const rooms = query.getAll('roomId');
  const all = data.properties.map((row) => {
    const room = { id: row.id + 1, name: 'Apartamento entero', roomType: 'apartment', qty: 1, maxPeople: 4, units: [] };
    const place = { propertyType: 'apartment', currency: 'EUR', address: '', city: '', country: 'ES' };
    const roomTypes = (row.roomTypes ?? [{ id: room.id }]).map((type) => ({ ...room, propertyId: row.id, ...type }));
    return { ...place, ...row, roomTypes };
  });
  const wanted = all.filter(
    (row) => rooms.length === 0 || row.roomTypes.some((room) => rooms.includes(String(room.id))),
  );
  return listed('property', wanted, query);
}

function bookings(data: Beds24Data, { query }: PartnerRequest, now: Date): PartnerAnswer {
  const statuses = query.getAll('status');
  if (statuses.some((status) => status.includes(','))) return failure(400, 'status is not valid');
  const hasDates = [...query.keys()].some((name) => /^(arrival|departure|modified|bookingTime)/.test(name));
  const all = data.bookings.map(bookingOf).filter((row) => {
    const listedStatuses = statuses.length > 0 ? statuses : LISTED_STATUSES;
    if (!listedStatuses.includes(row.status)) return false;
    if (!hasDates) return row.arrival >= dayAfter(now, 0);
    return (
      isWithin(row.arrival, query, 'arrivalFrom', 'arrivalTo') &&
      isWithin(row.departure, query, 'departureFrom', 'departureTo') &&
      isWithin(row.departure, query, 'departureFrom', 'departureTo')
    );
  });
  return listed('booking', all, query);
}

function bookingOf(row: Beds24Data['bookings'][number]) {
  return {
    propertyId: 301_877,
    roomId: 642_310,
    unitId: 1,
    roomQty: 1,
    masterId: null,
    status: 'confirmed',
    subStatus: 'none',
    numAdult: 2,
    numChild: 0,
    firstName: '',
    lastName: '',
    email: '',
    phone: '',
    mobile: '',
    arrivalTime: '',
    comments: '',
    notes: '',
    lang: '',
    apiSourceId: 19,
    apiSource: 'Booking.com',
    channel: 'booking',
    bookingTime: '2026-10-02T18:20:11Z',
    modifiedTime: '2026-10-02T18:20:11Z',
    cancelTime: null,
    ...row,
  };
}

function demo(now: Date) {
  const [today, later] = [dayAfter(now, 0), dayAfter(now, 3)];
  const guest = { firstName: 'Tomasz', lastName: 'Wilk', lang: 'pl', arrivalTime: '21:30 - 22:00' };
  return {
    properties: [
      { id: 301_877, name: 'Casa del Río', address: 'Rua Inventada 12', city: 'Porto', roomTypes: [{ id: 642_310 }] },
      { id: 301_878, name: 'Casa do Mar', address: 'Rua Fictícia 3', city: 'Porto', roomTypes: [{ id: 642_311 }] },
    ],
    bookings: [{ id: 71_250_931, arrival: today, departure: later, ...guest }],
  };
}

const TOKEN_DETAILS = {
  scopes: ['read:bookings', 'read:bookings-personal', 'read:properties'],
  deviceName: 'stay-ops',
  linkedProperties: false,
  onlyPropertyId: null,
  whiteListOnly: false,
  whiteList: [],
};
