import * as z from 'zod';
import type { Clock } from '../../platform/clock/clock.ts';
import type { Ids } from '../../platform/ids/ids.ts';
import type { OutboundRequest } from '../../platform/outbound/outbound-call.ts';
import type { PmsCredentialOf } from '../integration/pms-credential.ts';
import { canonicalQuery, smoobuHeaders } from '../integration/smoobu-signature.ts';
import type { Reservation } from '../reservation/reservation.ts';
import { type Details, detailOf, knownLast, readDetails } from './apartment-details.ts';
import type { PmsApartment, PmsClient, StayWindow } from './pms-client.ts';
import { PmsFailed } from './pms-failed.ts';
import { askFor, type PmsSession } from './pms-session.ts';
import { readPages } from './read-pages.ts';
import { type SmoobuBooking, smoobuBooking, smoobuReservation } from './smoobu-reservation.ts';
import { wireCount, wireId, wireText } from './wire-values.ts';

const LARGEST_PAGE = 100;
/** With less time left the next dwelling is not asked about: unconfirmed, it stays. */
const CONFIRMING_MS = 1_500;

const list = z.object({ apartments: z.array(z.object({ id: wireId, name: wireText })) });

/** It repeats neither id nor name. */
const detail = z.object({
  location: z.object({ street: wireText, city: wireText }),
  rooms: z.object({ maxOccupancy: wireCount }).nullish().catch(null),
});
type Detail = z.output<typeof detail>;

const bookings = z.object({
  page_count: z.int().nonnegative(),
  total_items: z.int().nonnegative().nullish(),
  bookings: z.array(smoobuBooking),
});

/** Smoobu (`integrations.md` §1.1): each request signed for itself alone. */
export function smoobuClient(
  session: PmsSession,
  credential: PmsCredentialOf<'smoobu'>,
  { clock, ids }: { readonly clock: Clock; readonly ids: Ids },
): PmsClient {
  const get =
    (path: string, query: Readonly<Record<string, string>> = {}) =>
    (): OutboundRequest => {
      const address = `${session.base}${path}`;
      const call = { method: 'GET', path: new URL(address).pathname, query, now: clock.now(), nonce: ids.uuid() };
      const { key, secret } = credential;
      const headers = secret === null ? { 'Api-Key': key } : smoobuHeaders({ key, secret }, call);
      const search = canonicalQuery(query);
      return { method: 'GET', address: search === '' ? address : `${address}?${search}`, headers };
    };
  const readDetail = (id: string) => askFor(session, detail, get(`/api/apartments/${id}`));

  return {
    async listApartments(known = new Set()) {
      const { apartments } = await askFor(session, list, get('/api/apartments'));
      const order = knownLast(
        apartments.map(({ id }) => id),
        known,
      );
      const details = await readDetails(session, order, readDetail);
      return apartments.map((row) => apartmentOf(row, details));
    },

    /** One by one: the list counts nothing, so that half of it cannot be told from all of it. */
    async confirmGone(wanted) {
      const gone = new Set<string>();
      for (const id of wanted) {
        if (session.time.leftMs() < CONFIRMING_MS) break;
        if (await isGone(() => readDetail(id))) gone.add(id);
      }
      return gone;
    },

    async listReservations({ from, to, by }: StayWindow): Promise<readonly Reservation[]> {
      const days = by === 'check_out' ? { departureFrom: from, departureTo: to } : { arrivalFrom: from, arrivalTo: to };
      const query = { ...days, showCancellation: 'true', pageSize: String(LARGEST_PAGE) };
      const rows = await readPages<SmoobuBooking>({
        proveedor: session.proveedor,
        idOf: ({ id }) => id,
        read: async ({ page }) => {
          const found = await askFor(session, bookings, get('/api/reservations', { ...query, page: String(page) }));
          // The number of pages may change while we read them.
          const isLast = () => page >= found.page_count;
          return { rows: found.bookings, total: found.total_items ?? undefined, isLast };
        },
      });
      return rows.map(smoobuReservation);
    },
  };
}

async function isGone(read: () => Promise<unknown>): Promise<boolean> {
  try {
    await read();
    return false;
  } catch (thrown) {
    if (thrown instanceof PmsFailed && thrown.problem === 'NOT_FOUND') return true;
    throw thrown;
  }
}

function apartmentOf(
  { id, name }: { readonly id: string; readonly name: string | null },
  details: Details<Detail>,
): PmsApartment {
  const [found, detalle] = detailOf(details, id);
  return {
    id_externo: id,
    nombre: name ?? id,
    direccion: found?.location.street ?? null,
    ciudad: found?.location.city ?? null,
    capacidad: found?.rooms?.maxOccupancy ?? null,
    detalle,
  };
}
