import type { TenantScope } from '../tenant/tenant-scope.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { Item, PartitionQuery, Table } from './table.ts';

/** What a caller of a list asks for; `cursor` as the page before gave it. */
export interface PageRequest {
  readonly cursor?: string | undefined;
  readonly limite: number;
}

export interface ListPage<T> {
  readonly items: readonly T[];
  /** Of the page after this one; null on the last. */
  readonly cursor: string | null;
}

/**
 * One page of a query with the cursor of the next. One row more than is shown is asked for: a query that stops at its
 * limit does not say whether anything comes after, and nobody likes to turn to an empty page.
 */
export async function queryPage(
  table: Pick<Table, 'query'>,
  query: PartitionQuery,
  limite: number,
): Promise<ListPage<Item>> {
  const { items, next } = await table.query({ ...query, limit: limite + 1 });
  if (items.length <= limite) return { items, cursor: encodeCursor(next) };
  const shown = items.slice(0, limite);
  const { sk, gsi1sk } = shown.at(-1) ?? {};
  return { items: shown, cursor: encodeCursor(query.index === undefined ? { sk } : { sk, gsi1sk }) };
}

/**
 * One page of a collection whose sort key begins with the time, newest first, by one query.
 * @throws AppError `invalid` for a cursor that no list gave out
 */
export async function listNewest<T>(
  scope: TenantScope,
  pk: string,
  page: PageRequest,
  parse: (item: Item) => T,
): Promise<ListPage<T>> {
  const after = page.cursor === undefined ? {} : { after: decodeCursor(page.cursor, { pk }) };
  const { items, cursor } = await queryPage(scope.table, { pk, newestFirst: true, ...after }, page.limite);
  return { items: items.map(parse), cursor };
}
