import { Stream } from 'node:stream';
import type { Item, Level, Range } from 'dynalite/db/index.js';

/** Values are kept as JSON text, so that a read that needs no change can be answered without parsing. */
export const TEXT = { valueEncoding: 'utf8' } as const;

const CHUNK = 100;

/** Where the items of a table live in the key space; the layout is dynalite's. */
export const itemPrefix = (table: string): string => `item-${table}~`;

/** Where the entries of an index live. `kind` is `Local` or `Global`. */
export const indexPrefix = (kind: string, table: string, index: string): string =>
  `index-${kind.toLowerCase()}~${table}~${index}~`;

/**
 * Where an index entry lives within its index. dynalite tells entries with equal index keys apart by six hex digits of
 * a hash alone, so that of some thousand items under one index key two are likely to overwrite each other; with the
 * whole key of the item every entry is distinct.
 */
export const indexEntryKey = (indexKey: string, itemKey: string): string => `${indexKey}/${itemKey}`;

/** Where the descriptions of the tables live. */
export const TABLE_PREFIX = 'table~';

/** The bounds of `range` inside the records that begin with `prefix`; a side left open ends with the prefix. */
export function rangeWithin(prefix: string, range: Range = {}): Range {
  const lower = range.gt === undefined ? { gte: prefix + (range.gte ?? '') } : { gt: prefix + range.gt };
  const upper = range.lte === undefined ? { lt: prefix + (range.lt ?? '\xff') } : { lte: prefix + range.lte };
  return { ...lower, ...upper, reverse: range.reverse ?? false, limit: range.limit ?? -1 };
}

/** The record at `key`, undefined when there is none. Answers at once, without leaving the thread. */
export function readRecord<Value = Item>(level: Level, key: string): Value | undefined {
  const text = level.getSync(key, TEXT);
  return text === undefined ? undefined : JSON.parse(text);
}

/**
 * The parsed values of a range as the event stream that dynalite's query and scan read: `data`, `end`, `error`.
 * One read fetches many values and the iterator is always closed; dynalite's own stream fetches them one by one and
 * leaves the iterator, with its snapshot of the store, open.
 */
export function streamValues(level: Level, range: Range): Stream {
  const stream = new ValueStream();
  pump(level, range, stream).catch((error: unknown) => stream.emit('error', error));
  return stream;
}

/** The stream of a range that nothing lies in. */
export function emptyStream(): Stream {
  const stream = new ValueStream();
  queueMicrotask(() => stream.emit('end'));
  return stream;
}

/** A `Stream`, not a plain emitter: dynalite listens to the latter twice. */
class ValueStream extends Stream {
  destroyed = false;

  destroy(): void {
    this.destroyed = true;
  }
}

async function pump(level: Level, range: Range, stream: ValueStream): Promise<void> {
  for await (const values of readValues(level, range)) {
    for (const value of values) {
      if (stream.destroyed) return;
      stream.emit('data', JSON.parse(value));
    }
  }
  stream.emit('end');
}

/** The values of a range as JSON text, some at a time. */
export async function* readValues(level: Level, range: Range): AsyncGenerator<readonly string[]> {
  const iterator = level.values({ ...range, ...TEXT });
  const size = range.limit !== undefined && range.limit > 0 ? Math.min(range.limit, CHUNK) : CHUNK;
  try {
    let values = await iterator.nextv(size);
    while (values.length > 0) {
      yield values;
      values = await iterator.nextv(size);
    }
  } finally {
    await iterator.close();
  }
}

/** The keys of a range, without `prefix`, as an event stream. */
export function streamKeys(level: Level, prefix: string): Stream {
  const stream = new ValueStream();
  level
    .keys(rangeWithin(prefix))
    .all()
    .then((keys) => {
      for (const key of keys) stream.emit('data', key.slice(prefix.length));
      stream.emit('end');
    })
    .catch((error: unknown) => stream.emit('error', error));
  return stream;
}
