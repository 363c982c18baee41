import type { TenantScope } from '../tenant/tenant-scope.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { Item } from './table.ts';

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
  const { items, next } = await scope.table.query({ pk, newestFirst: true, limit: page.limite, ...after });
  return { items: items.map(parse), cursor: encodeCursor(next) };
}
