import * as z from 'zod';
import { dayAfter, isWithin, wholeNumber } from './paged.ts';
import type { Partner, PartnerAnswer, PartnerRequest } from './partner.ts';
import { scriptedData } from './partner-data.ts';

/** The account of the stand-in, unless its data says otherwise. */
export const HOSTAWAY_ACCOUNT = { account: '61234', secret: 'demo-hostaway-secret' } as const;

const LIFE_S = 15_897_600;
const PAGE = 100;
const LARGEST_PAGE = 500;

const id = z.int().positive();

/** Hostaway's own rows; what a row leaves out is filled in with what an ordinary one has. */
const hostawayData = z.strictObject({
  account: z.strictObject({
    account: z.string(),
    secret: z.string(),
    token: z.string().default('demo-hostaway-token'),
    expiresIn: z.int().positive().default(LIFE_S),
  }),
  listings: z.array(z.looseObject({ id, name: z.string() })),
  reservations: z.array(z.looseObject({ id, arrivalDate: z.iso.date(), departureDate: z.iso.date() })),
});
export type HostawayData = z.output<typeof hostawayData>;

function failure(status: number, text: string): PartnerAnswer {
  return { status, body: { status: 'fail', result: text } };
}

/** Hostaway's token call, listings and reservations (`integrations.md` §1.3). */
export function hostaway({ now }: { readonly now: () => Date }): Partner {
  const data = scriptedData(hostawayData, () => ({ account: HOSTAWAY_ACCOUNT, ...demo(now()) }));
  return {
    name: 'hostaway',
    addressVariable: 'HOSTAWAY_BASE_URL',
    data,
    faults: {
      down: failure(503, 'Service unavailable'),
      '401': failure(401, 'Client authentication failed'),
      '429': { status: 429, body: { status: 'fail', message: 'Rate limit exceeded' } },
    },
    keyOf(request) {
      const form = new URLSearchParams(request.body.toString('utf8'));
      const secret = form.get('client_secret');
      return secret === null ? request.headers.authorization?.slice('Bearer '.length) : secret;
    },
    answer(request) {
      const path = request.path.replace(/^\/v1/, '');
      if (path === '/accessTokens') return tokenAnswer(request, data.get());
      const [, collection, wanted] = /^\/(listings|reservations)(?:\/(\d+))?$/.exec(path) ?? [];
      if (collection === undefined) return failure(404, 'Not found');
      if (request.method !== 'GET') return failure(405, 'Method not allowed');
      // An expired token is 403 here, not 401 (§1.3.1).
      if (request.headers.authorization !== `Bearer ${data.get().account.token}`) return failure(403, 'Token expired');
      const all = collection === 'listings' ? listingsOf(data.get()) : reservationsOf(data.get());
      if (wanted !== undefined) return one(all.find((row) => String(row.id) === wanted));
      return collection === 'listings' ? listingPage(all, request.query) : reservationPage(all, request.query);
    },
    reset: () => undefined,
  };
}

function tokenAnswer({ method, headers, body }: PartnerRequest, { account: known }: HostawayData): PartnerAnswer {
  if (method !== 'POST') return failure(405, 'Method not allowed');
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded') !== true) {
    return failure(400, 'The body must be a form');
  }
  const form = new URLSearchParams(body.toString('utf8'));
  if (form.get('grant_type') !== 'client_credentials' || form.get('scope') !== 'general') {
    return failure(400, 'Unsupported grant or scope');
  }
  if (form.get('client_id') !== known.account || form.get('client_secret') !== known.secret) {
    return failure(401, 'Client authentication failed');
  }
  return { status: 200, body: { token_type: 'Bearer', expires_in: known.expiresIn, access_token: known.token } };
}

interface Row {
  readonly id: number;
  readonly [field: string]: unknown;
}

function one(row: Row | undefined): PartnerAnswer {
  return row === undefined ? failure(404, 'Not found') : { status: 200, body: { status: 'success', result: row } };
}

function page(result: readonly Row[], count: number, limit: number, offset: number | null): PartnerAnswer {
  return { status: 200, body: { status: 'success', result, limit, offset, count } };
}

function limitOf(query: URLSearchParams): number {
  return Math.max(1, wholeNumber(query, 'limit', PAGE, LARGEST_PAGE));
}

function listingPage(all: readonly Row[], query: URLSearchParams): PartnerAnswer {
  const [limit, offset] = [limitOf(query), wholeNumber(query, 'offset', 0)];
  return page(all.slice(offset, offset + limit), all.length, limit, offset);
}

/** By cursor: what comes after the row `afterId`, in the order of the ids. */
function reservationPage(all: readonly Row[], query: URLSearchParams): PartnerAnswer {
  const wanted = all
    .filter((row) => isWithin(String(row.arrivalDate), query, 'arrivalStartDate', 'arrivalEndDate'))
    .filter((row) => isWithin(String(row.departureDate), query, 'departureStartDate', 'departureEndDate'))
    .filter((row) => isWithin(String(row.departureDate), query, 'departureStartDate', 'departureEndDate'))
    .sort((a, b) => a.id - b.id);
  const [limit, after] = [limitOf(query), wholeNumber(query, 'afterId', 0)];
  return page(wanted.filter((row) => row.id > after).slice(0, limit), wanted.length, limit, null);
}

function listingsOf({ listings }: HostawayData): readonly Row[] {
  const usual = { internalListingName: '', street: '', address: '', city: '', personCapacity: 4, specialStatus: null };
  return listings.map((row) => ({ ...usual, ...row }));
}

function reservationsOf({ reservations }: HostawayData): readonly Row[] {
  const usual = {
    listingMapId: 160_422,
    channelId: 2018,
    channelName: 'airbnbOfficial',
    guestName: '',
    guestFirstName: '',
    guestLastName: '',
    guestEmail: null,
    phone: null,
    guestLocale: null,
    numberOfGuests: 2,
    adults: 2,
    children: 0,
    infants: 0,
    isDatesUnspecified: 0,
    checkInTime: 16,
    checkOutTime: 11,
    status: 'new',
    hostNote: null,
    guestNote: null,
    comment: null,
  };
  return reservations.map((row) => ({ ...usual, ...row }));
}

function demo(now: Date) {
  const dates = { arrivalDate: dayAfter(now, 0), departureDate: dayAfter(now, 3) };
  const guest = { guestFirstName: 'Mirela', guestLastName: 'Popa', phone: '+40 700 000 000', guestLocale: 'ro' };
  const loft = { street: '5 Made Up Quay', address: '5 Made Up Quay, Cork, Ireland', city: 'Cork' };
  const attic = { street: '9 Made Up Lane', address: '9 Made Up Lane, Cork, Ireland', city: 'Cork' };
  return {
    listings: [
      { id: 160_422, name: 'Harbour Loft', internalListingName: 'HL-02', ...loft },
      { id: 160_423, name: 'Harbour Attic', internalListingName: 'HL-03', ...attic },
    ],
    reservations: [{ id: 44_120_987, ...dates, ...guest, checkInTime: 22 }],
  };
}
