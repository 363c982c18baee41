import * as z from 'zod';
import type { PmsCredentialOf } from '../integration/pms-credential.ts';
import { type AccessTokens, type NewToken, withAccessToken } from './access-token.ts';
import { beds24Property, type Dwelling, dwellingsOf } from './beds24-dwelling.ts';
import { beds24Booking, beds24Reservation } from './beds24-reservation.ts';
import type { PmsClient } from './pms-client.ts';
import { PmsFailed } from './pms-failed.ts';
import { askFor, type PmsSession } from './pms-session.ts';
import { readPages } from './read-pages.ts';

/** Nothing is asked with a token that may run out on the way (`integrations.md` §1.2.2). */
const EARLY_S = 300;

/** Cancelled ones have to be asked for; inquiries are no reservations (`integrations.md` §1.6). */
const STATUSES = ['confirmed', 'request', 'new', 'black', 'cancelled'];

const access = z.object({ token: z.string().min(1), expiresIn: z.int().positive() });

function pageOf<S extends z.ZodType>(row: S) {
  const pages = z.object({ nextPageExists: z.boolean() });
  return z.object({ success: z.literal(true), count: z.int().nullish(), pages, data: z.array(row) });
}
const properties = pageOf(beds24Property);
const bookings = pageOf(beds24Booking);

/** Beds24 v2 (`integrations.md` §1.2). */
export function beds24Client(
  session: PmsSession,
  credential: PmsCredentialOf<'beds24'>,
  tokens: AccessTokens,
): PmsClient {
  const { base, proveedor } = session;
  const authorized: ReturnType<typeof withAccessToken> =
    credential.kind === 'longlife'
      ? (read) => read(credential.token)
      : withAccessToken(tokens, () => renewed(session, credential.token), 'AUTH_INVALID');

  async function readAll<R extends { id: string }>(
    path: string,
    schema: z.ZodType<{ count?: number | null | undefined; pages: { nextPageExists: boolean }; data: R[] }>,
    query: readonly [string, string][],
  ): Promise<readonly R[]> {
    return readPages<R>({
      proveedor,
      idOf: ({ id }) => id,
      read: async ({ page }) => {
        const search = new URLSearchParams([...query, ['page', String(page)]]);
        const address = `${base}${path}?${search}`;
        const found = await authorized((token) =>
          askFor(session, schema, () => ({ method: 'GET', address, headers: { token } })),
        );
        // It counts the rows of the page; of the whole list it says nothing.
        if (found.count != null && found.count !== found.data.length) throw new PmsFailed(proveedor, 'BAD_RESPONSE');
        return { rows: found.data, isLast: () => !found.pages.nextPageExists };
      },
    });
  }

  async function dwellings(): Promise<readonly Dwelling[]> {
    const rows = await readAll('/properties', properties, [['includeUnitDetails', 'true']]);
    return rows.flatMap(dwellingsOf);
  }

  return {
    async listApartments() {
      return (await dwellings()).map(({ apartment }) => apartment);
    },
    async confirmGone(ids) {
      const listed = new Set((await dwellings()).map(({ apartment }) => apartment.id_externo));
      return new Set(ids.filter((id) => !listed.has(id)));
    },
    async listReservations({ from, to, by }) {
      const statuses = STATUSES.map((status): [string, string] => ['status', status]);
      const day = by === 'check_out' ? 'departure' : 'arrival';
      const rows = await readAll('/bookings', bookings, [[`${day}From`, from], [`${day}To`, to], ...statuses]);
      // Which unit of a room is meant, and what it is called, stands with the properties.
      const known = rows.length > 0 ? await dwellings() : [];
      return rows.flatMap((row) => beds24Reservation(row, known));
    },
  };
}

/** @throws PmsFailed `REAUTH_REQUIRED` when the refresh token is dead: a new invite is needed */
async function renewed(session: PmsSession, refreshToken: string): Promise<NewToken> {
  const address = `${session.base}/authentication/token`;
  try {
    const { token, expiresIn } = await askFor(session, access, () => ({
      method: 'GET',
      address,
      headers: { refreshToken },
    }));
    return { token, lifeSeconds: expiresIn - EARLY_S };
  } catch (thrown) {
    const isDead = thrown instanceof PmsFailed && ['AUTH_INVALID', 'BAD_REQUEST'].includes(thrown.problem);
    throw isDead ? new PmsFailed(session.proveedor, 'REAUTH_REQUIRED') : thrown;
  }
}
