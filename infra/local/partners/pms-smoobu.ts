import { createHash, createHmac } from 'node:crypto';
import * as z from 'zod';
import { isWithin, pageOf, wholeNumber } from './paged.ts';
import type { Partner, PartnerAnswer, PartnerRequest } from './partner.ts';
import { scriptedData } from './partner-data.ts';
import { smoobuDemo } from './pms-smoobu-demo.ts';

/** The account of the stand-in, unless its data says otherwise. */
export const SMOOBU_ACCOUNT = { key: 'usr_live_demo01', secret: 's3cr3t-demo', id: 55012 } as const;

const CLOCK_TOLERANCE_MS = 5 * 60_000;
const DEFAULT_PAGE = 25;
const LARGEST_PAGE = 100;
/** The channel of blocked periods (`integrations.md` §1.1.3). */
const BLOCKED_CHANNEL = 11;

const id = z.int().positive();
const date = z.iso.date();

/** Smoobu's own rows; what a row leaves out is filled in with what an ordinary one has. */
const smoobuData = z.strictObject({
  account: z.strictObject({ key: z.string(), secret: z.string(), id }),
  /** `detail: null`: listed, but its own address answers 404. */
  apartments: z.array(z.looseObject({ id, name: z.string(), detail: z.looseObject({}).nullable().optional() })),
  reservations: z.array(z.looseObject({ id, arrival: date, departure: date })),
});
export type SmoobuData = z.output<typeof smoobuData>;

function problem(status: number, title: string, detail: string): PartnerAnswer {
  return { status, body: { title, detail } };
}

const UNAUTHORIZED = problem(401, 'Unauthorized', 'The API key or the signature is not valid.');
const NOT_FOUND = problem(404, 'Not Found', 'No such resource.');

/** Smoobu (`integrations.md` §1.1): signed requests of one account, and none with the old header. */
export function smoobu({ now }: { readonly now: () => Date }): Partner {
  const nonces = new Set<string>();
  const data = scriptedData(smoobuData, () => ({ account: SMOOBU_ACCOUNT, ...smoobuDemo(now()) }));
  return {
    name: 'smoobu',
    addressVariable: 'SMOOBU_BASE_URL',
    data,
    faults: {
      down: problem(503, 'Service Unavailable', 'Try again later.'),
      '401': UNAUTHORIZED,
      '429': {
        ...problem(429, 'Too Many Requests', 'The rate limit is exceeded.'),
        headers: { 'x-ratelimit-limit': '700', 'x-ratelimit-remaining': '0', 'x-ratelimit-retry-after': '60' },
      },
    },
    keyOf: ({ headers }) => [headers['x-api-key'], headers['api-key']].flat().find((key) => key !== undefined),
    answer(request) {
      const { account } = data.get();
      if (!isSigned(request, now(), account)) return UNAUTHORIZED;
      const nonce = String(request.headers['x-nonce']);
      if (nonces.has(nonce)) return UNAUTHORIZED;
      nonces.add(nonce);
      if (request.method !== 'GET') return problem(405, 'Method Not Allowed', 'Use GET.');
      return { headers: limitHeaders(now()), ...contentOf(request, data.get()) };
    },
    reset: () => nonces.clear(),
  };
}

/** On every answer, however much is left (`integrations.md` §1.1.4). */
function limitHeaders(now: Date): Record<string, string> {
  const resets = String(Math.ceil(now.getTime() / 60_000) * 60);
  return { 'x-ratelimit-limit': '700', 'x-ratelimit-remaining': '655', 'x-ratelimit-retry-after': resets };
}

function contentOf({ path, query }: PartnerRequest, data: SmoobuData): PartnerAnswer {
  const [, collection, wanted] = /^\/api\/(me|apartments|reservations)(?:\/(\d+))?$/.exec(path) ?? [];
  if (collection === 'me') {
    const person = { firstName: 'Ada', lastName: 'Serra', email: 'ada@example.com' };
    return { status: 200, body: { id: data.account.id, ...person } };
  }
  if (collection === 'apartments') return wanted === undefined ? apartmentList(data) : apartmentDetail(data, wanted);
  if (collection !== 'reservations') return NOT_FOUND;
  if (wanted === undefined) return reservationList(data, query);
  const found = data.reservations.find((row) => String(row.id) === wanted);
  return found === undefined ? NOT_FOUND : { status: 200, body: booking(found, data) };
}

function apartmentList({ apartments }: SmoobuData): PartnerAnswer {
  return { status: 200, body: { apartments: apartments.map(({ id, name }) => ({ id, name })) } };
}

/** Repeats neither id nor name. */
function apartmentDetail({ apartments }: SmoobuData, wanted: string): PartnerAnswer {
  const found = apartments.find((row) => String(row.id) === wanted);
  if (found === undefined || found.detail === null) return NOT_FOUND;
  const { location, ...detail } = found.detail ?? {};
  const place = { street: '', zip: '', city: '', country: 'Spain', latitude: '39.4740', longitude: '-0.3760' };
  const rooms = { maxOccupancy: 4, bedrooms: 2, bathrooms: 1, doubleBeds: 1, singleBeds: 2 };
  const rest = { timeZone: 'Europe/Madrid', rooms, equipments: ['Internet'], currency: 'EUR' };
  return { status: 200, body: { location: { ...place, ...(location as object) }, ...rest, ...detail } };
}

function reservationList(data: SmoobuData, query: URLSearchParams): PartnerAnswer {
  const rows = data.reservations.map((row) => booking(row, data)).filter((row) => isListed(row, query));
  const size = Math.max(1, wholeNumber(query, 'pageSize', DEFAULT_PAGE, LARGEST_PAGE));
  const page = Math.max(1, wholeNumber(query, 'page', 1));
  const counts = { page_count: Math.ceil(rows.length / size), page_size: size, total_items: rows.length, page };
  return { status: 200, body: { ...counts, bookings: pageOf(rows, page, size) } };
}

type Booking = ReturnType<typeof booking>;

function isListed(row: Booking, query: URLSearchParams): boolean {
  if (query.get('showCancellation') !== 'true' && row.type === 'cancellation') return false;
  if (query.get('excludeBlocked') === 'true' && row['is-blocked-booking'] === true) return false;
  return (
    isWithin(row.arrival, query, 'arrivalFrom', 'arrivalTo') &&
    isWithin(row.departure, query, 'departureFrom', 'departureTo') &&
    isWithin(row.departure, query, 'departureFrom', 'departureTo') &&
    row.departure >= (query.get('from') ?? '') &&
    row.arrival <= (query.get('to') ?? '9999-12-31')
  );
}

function booking(row: SmoobuData['reservations'][number], { apartments }: SmoobuData) {
  const [first] = apartments;
  return {
    'reference-id': '',
    type: 'reservation',
    'created-at': '2026-10-19 21:07',
    modifiedAt: '2026-10-20 08:15',
    apartment: first === undefined ? null : { id: first.id, name: first.name },
    channel: { id: 3_120_771, channel_id: row['is-blocked-booking'] === true ? BLOCKED_CHANNEL : 9, name: 'Airbnb' },
    'guest-name': '',
    firstname: '',
    lastname: '',
    email: null,
    phone: null,
    adults: 2,
    children: 0,
    'check-in': null,
    'check-out': null,
    notice: '',
    'assistant-notice': '',
    price: 512.4,
    language: 'es',
    'is-blocked-booking': false,
    guestId: 771_204,
    ...row,
  };
}

/** The signature worked out anew from what has arrived; the query as it came, sorted. */
function isSigned(
  { method, path, query, headers, body }: PartnerRequest,
  now: Date,
  account: SmoobuData['account'],
): boolean {
  const { 'x-api-key': key, 'x-timestamp': timestamp, 'x-nonce': nonce, 'x-signature': signature } = headers;
  const distance = Math.abs(now.getTime() - Date.parse(String(timestamp)));
  if (headers['api-key'] !== undefined || key !== account.key || !(distance <= CLOCK_TOLERANCE_MS)) return false;
  const digest = createHash('sha256').update(body).digest('hex');
  const sorted = new URLSearchParams([...query].sort()).toString().replaceAll('+', '%20');
  const message = [method, path, sorted, timestamp, nonce, digest, key].join('\n');
  return signature === createHmac('sha256', account.secret).update(message).digest('base64');
}
