import type { Item, PartitionQuery, Table } from './table.ts';

/** Part of a partition by position, in the order of the query. */
export interface RowWindow {
  readonly offset: number;
  readonly size: number;
  /** Rows of the whole query, as a counter knows them. */
  readonly count: number;
}

/**
 * The rows of one numbered page, read from whichever end is nearer: one request for each megabyte up to the page, so
 * one for a list of a few thousand small rows. With its count kept in a counter, such a page costs two requests.
 */
export async function readWindow(
  table: Table,
  query: Omit<PartitionQuery, 'limit' | 'after'>,
  { offset, size, count }: RowWindow,
): Promise<readonly Item[]> {
  const wanted = Math.max(0, Math.min(size, count - offset));
  const behind = count - offset - wanted;
  const backwards = behind < offset;
  const skipped = backwards ? behind : offset;
  const rows = await readFirst(
    table,
    { ...query, newestFirst: (query.newestFirst ?? false) !== backwards },
    skipped + wanted,
  );
  const page = rows.slice(skipped);
  return backwards ? page.reverse() : page;
}

async function readFirst(table: Table, query: PartitionQuery, most: number): Promise<Item[]> {
  const rows: Item[] = [];
  let after: Item | undefined;
  while (rows.length < most) {
    const page = await table.query({ ...query, limit: most - rows.length, ...(after && { after }) });
    rows.push(...page.items);
    after = page.next;
    if (after === undefined) break;
  }
  return rows;
}
