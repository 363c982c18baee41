import { AppError } from '../errors/app-error.ts';
import type { Item } from './table.ts';

/** Key attributes that a cursor may carry. Never `pk`: the scope supplies it, so a cursor cannot leave its tenant. */
const CARRIED = ['sk', 'gsi1sk'] as const;
type Carried = (typeof CARRIED)[number];

/** Opaque text for "the page after this one"; undefined on the last page. */
export function encodeCursor(next: Item | undefined): string | null {
  if (next === undefined) return null;
  const carried = Object.fromEntries(CARRIED.flatMap((name) => (name in next ? [[name, next[name]]] : [])));
  return Buffer.from(JSON.stringify(carried)).toString('base64url');
}

/**
 * The start key of a page within `partition`.
 * @param names what the cursors of this list carry: the table takes a key with neither more nor less
 * @throws AppError `invalid` for text that no list gave out
 */
export function decodeCursor(cursor: string, partition: Item, names: readonly Carried[] = ['sk']): Item {
  try {
    const carried: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (typeof carried !== 'object' || carried === null) throw new Error('not an object');
    const place = new Map(Object.entries(carried));
    const isPlace = (name: Carried) => typeof place.get(name) === 'string' && place.get(name) !== '';
    if (place.size !== names.length || !names.every(isPlace)) throw new Error('no key');
    return { ...partition, ...Object.fromEntries(place) };
  } catch (cause) {
    throw foreignCursor(cause);
  }
}

/** The answer to a cursor that the list did not give out. */
export function foreignCursor(cause?: unknown): AppError {
  return new AppError('invalid', 'El cursor no es válido. Pide la lista de nuevo desde el principio.', {
    issues: [{ field: 'cursor', message: 'No es un cursor de esta lista.' }],
    cause,
  });
}
