import * as z from 'zod';
import { jsonOf } from '../../platform/outbound/outbound-call.ts';
import type { PmsCredentialOf } from '../integration/pms-credential.ts';
import { PmsFailed, type PmsProblem } from './pms-failed.ts';
import { type PmsSession, readAs } from './pms-session.ts';
import { readPages } from './read-pages.ts';

type Query = Readonly<Record<string, string>>;

/** Cloudbeds' calls for one key (`integrations.md` §1.4.3). */
export interface CloudbedsCalls {
  readonly session: PmsSession;
  /** @throws PmsFailed */
  one<S extends z.ZodType>(call: string, data: S, query: Query): Promise<z.output<S>>;
  /**
   * A list to its end; `rowsOf` finds the rows that the list counts.
   * @throws PmsFailed
   */
  all<S extends z.ZodType, R>(call: string, data: S, list: ListOf<z.output<S>, R>): Promise<readonly R[]>;
}

export interface ListOf<D, R> {
  readonly query?: Query;
  readonly rowsOf: (data: D) => readonly R[];
  readonly idOf: (row: R) => string;
}

const PAGE = 100;

/** An error of the matter itself comes as 200 (`integrations.md` §1.4.4). */
const refusal = z.object({ success: z.literal(false), message: z.string().catch('') });

const envelope = z.object({
  success: z.literal(true),
  count: z.int().nullish(),
  total: z.int().nonnegative().nullish(),
  data: z.unknown().optional(),
});

/** Those of their errors that are more than a bad answer. Their text goes no further than this. */
const TOLD: readonly (readonly [RegExp, PmsProblem])[] = [
  [/\b(inactive|no(t| longer) active)\b/i, 'REAUTH_REQUIRED'],
  [/\bpropert(y|ies)\b/i, 'AUTH_SCOPE'],
];

export function cloudbedsCalls(session: PmsSession, credential: PmsCredentialOf<'cloudbeds'>): CloudbedsCalls {
  const { key, property } = credential;
  const headers = { 'x-api-key': key, ...(property !== null && { 'X-PROPERTY-ID': property }) };

  async function read(call: string, query: Query): Promise<z.output<typeof envelope>> {
    const address = `${session.base}/${call}?${new URLSearchParams(query)}`;
    const body = jsonOf(await session.ask(() => ({ method: 'GET', address, headers })));
    const refused = refusal.safeParse(body).data;
    if (refused === undefined) return readAs(session, envelope, body);
    throw new PmsFailed(session.proveedor, TOLD.find(([text]) => text.test(refused.message))?.[1] ?? 'BAD_RESPONSE');
  }

  return {
    session,
    async one(call, data, query) {
      return readAs(session, data, (await read(call, query)).data);
    },
    all(call, data, { query, rowsOf, idOf }) {
      return readPages({
        proveedor: session.proveedor,
        idOf,
        async read({ page }) {
          const found = await read(call, { ...query, pageNumber: String(page), pageSize: String(PAGE) });
          const rows = rowsOf(readAs(session, data, found.data));
          const total = found.total ?? undefined;
          // Where they count groups of rows the total says nothing of the end: it is where nothing comes any more.
          const counted = found.count === rows.length ? total : undefined;
          const isLast = (seen: number) => rows.length === 0 || (counted !== undefined && seen >= counted);
          return { rows, total, isLast };
        },
      });
    },
  };
}
