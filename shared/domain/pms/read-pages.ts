import type { PmsProvider } from '../integration/pms-provider.ts';
import { PmsFailed } from './pms-failed.ts';

/** One page of a list as a provider gives it. */
export interface ListPage<T> {
  readonly rows: readonly T[];
  /** What the provider says that the whole list has, where it says so: fewer rows are half a list. */
  readonly total?: number | undefined;
  /** Whether the list ends here; `seen` counts the different rows so far. */
  readonly isLast: (seen: number) => boolean;
}

/** What of a list has been read so far: `page` is the one to read, `last` the row before it. */
export interface ReadSoFar<T> {
  readonly page: number;
  readonly last: T | undefined;
}

interface Reading<T> {
  readonly proveedor: PmsProvider;
  readonly idOf: (row: T) => string;
  readonly read: (soFar: ReadSoFar<T>) => Promise<ListPage<T>>;
}

/** Beyond this something goes round in circles (`integrations.md` §0.2). */
const MOST_PAGES = 500;

/**
 * Reads a list to its end, each row once: rows may move between pages while they are read, the newest reading counts.
 * @throws PmsFailed `BAD_RESPONSE` when the list repeats itself, has no end, or has fewer rows than it says
 */
export async function readPages<T>({ proveedor, idOf, read }: Reading<T>): Promise<readonly T[]> {
  const rows = new Map<string, T>();
  let before: string | undefined;
  let last: T | undefined;
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const found = await read({ page, last });
    const [first] = found.rows;
    const firstId = first === undefined ? undefined : idOf(first);
    if (firstId !== undefined && firstId === before) break;
    for (const row of found.rows) rows.set(idOf(row), row);
    if (found.isLast(rows.size)) {
      if (rows.size < (found.total ?? 0)) break;
      return [...rows.values()];
    }
    before = firstId;
    last = found.rows.at(-1);
  }
  throw new PmsFailed(proveedor, 'BAD_RESPONSE');
}
