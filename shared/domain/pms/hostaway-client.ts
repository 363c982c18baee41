import * as z from 'zod';
import type { PmsCredentialOf } from '../integration/pms-credential.ts';
import { type AccessTokens, type NewToken, withAccessToken } from './access-token.ts';
import { type HostawayListing, hostawayListing, hostawayReservation, hostawayRow } from './hostaway-reservation.ts';
import type { PmsApartment, PmsClient } from './pms-client.ts';
import { PmsFailed } from './pms-failed.ts';
import { askFor, type PmsSession } from './pms-session.ts';
import { type ReadSoFar, readPages } from './read-pages.ts';

const PAGE = 100;
/** The life that it tells is not to be trusted to its last hour (`integrations.md` §1.3.1). */
const EARLY_S = 86_400;
/** A token works only then. */
const TOKEN_RIPENS_MS = 1_000;

const token = z.object({ access_token: z.string().min(1), expires_in: z.int().positive() });
/** Some accounts wrap it. */
const tokenAnswer = z.union([token, z.object({ result: token }).transform(({ result }) => result)]);

function listOf<S extends z.ZodType>(row: S) {
  return z.object({ status: z.literal('success'), count: z.int().nonnegative().nullish(), result: z.array(row) });
}
const listings = listOf(hostawayListing);
const reservations = listOf(hostawayRow);

/** Hostaway (`integrations.md` §1.3). */
export function hostawayClient(
  session: PmsSession,
  credential: PmsCredentialOf<'hostaway'>,
  tokens: AccessTokens,
): PmsClient {
  const { base, proveedor } = session;
  // An expired token is 403 with them.
  const authorized = withAccessToken(tokens, () => renewed(session, credential), 'AUTH_SCOPE');

  async function readAll<R extends { id: string }>(
    path: string,
    schema: z.ZodType<{ count?: number | null | undefined; result: R[] }>,
    queryOf: (soFar: ReadSoFar<R>) => Record<string, string>,
  ): Promise<readonly R[]> {
    let total: number | undefined;
    return readPages<R>({
      proveedor,
      idOf: ({ id }) => id,
      read: async (soFar) => {
        const search = new URLSearchParams({ limit: String(PAGE), ...queryOf(soFar) });
        const address = `${base}${path}?${search}`;
        const found = await authorized((bearer) =>
          askFor(session, schema, () => ({
            method: 'GET',
            address,
            headers: { authorization: `Bearer ${bearer}` },
          })),
        );
        // What a later page counts may be the rest alone.
        total ??= found.count ?? undefined;
        const rows = found.result;
        // Shorter pages than we ask for are no end while the count says that there is more.
        const isLast = (seen: number) => rows.length === 0 || (rows.length < PAGE && seen >= (total ?? 0));
        return { rows, total, isLast };
      },
    });
  }

  const listed = async () => {
    const rows = await readAll('/listings', listings, ({ page }) => ({ offset: String((page - 1) * PAGE) }));
    return rows.filter(({ specialStatus }) => specialStatus !== 'archived');
  };

  return {
    async listApartments() {
      return (await listed()).map(apartmentOf);
    },
    async confirmGone(ids) {
      const known = new Set((await listed()).map(({ id }) => id));
      return new Set(ids.filter((id) => !known.has(id)));
    },
    async listReservations({ from, to, by }) {
      const window =
        by === 'check_out'
          ? { departureStartDate: from, departureEndDate: to }
          : { arrivalStartDate: from, arrivalEndDate: to };
      const rows = await readAll('/reservations', reservations, ({ last }) => ({
        ...window,
        ...(last && { afterId: last.id }),
      }));
      // The hour that a listing fills in by default is found there alone.
      const known = new Map(rows.length > 0 ? (await listed()).map((row) => [row.id, row]) : []);
      return rows.flatMap((row) => hostawayReservation(row, known.get(row.listingMapId ?? '')));
    },
  };
}

async function renewed(session: PmsSession, credential: PmsCredentialOf<'hostaway'>): Promise<NewToken> {
  const { account, secret } = credential;
  const form = { grant_type: 'client_credentials', client_id: account, client_secret: secret, scope: 'general' };
  try {
    const found = await askFor(session, tokenAnswer, () => ({
      method: 'POST',
      address: `${session.base}/accessTokens`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    }));
    await session.time.wait(TOKEN_RIPENS_MS);
    return { token: found.access_token, lifeSeconds: found.expires_in - EARLY_S };
  } catch (thrown) {
    // Here 403 is no token that has run out, and nothing is to be tried with another one.
    const isRefused = thrown instanceof PmsFailed && thrown.problem === 'AUTH_SCOPE';
    throw isRefused ? new PmsFailed(session.proveedor, 'AUTH_INVALID') : thrown;
  }
}

function apartmentOf(row: HostawayListing): PmsApartment {
  return {
    id_externo: row.id,
    nombre: row.internalListingName ?? row.name ?? row.id,
    direccion: row.street ?? row.address,
    ciudad: row.city,
    capacidad: row.personCapacity,
    detalle: 'leido',
  };
}
