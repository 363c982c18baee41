import batchGetItem from 'dynalite/actions/batchGetItem.js';
import getItem from 'dynalite/actions/getItem.js';
import query from 'dynalite/actions/query.js';
import { type Collection, type Item, itemSize, type Level, type Range, type Store } from 'dynalite/db/index.js';
import type { Request } from 'dynalite/validations/index.js';
import { run } from './actions.ts';
import { emptyStream, indexPrefix, itemPrefix, rangeWithin, readValues, TEXT } from './records.ts';
import { describeTable, findIndex, readingFrom } from './store.ts';

/** An answer that is JSON text already. */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Answers a validated read; undefined when dynalite has to. */
export type PlainRead = (tables: Store, request: Request) => Promise<JsonText | undefined>;

/** What one answer holds at most. */
const PAGE_BYTES = 1_048_576;

/**
 * Reads that hand out whole rows are answered with the text that rests: to parse and write it again is most of what a
 * list costs. dynalite still checks the request and says where the rows lie; it is given a store that notes what is
 * asked for and finds nothing.
 */
export const PLAIN_READS = {
  async GetItem(tables, request) {
    if (!handsOutAll(request)) return undefined;
    const noted = noteReads(tables);
    await run(getItem, noted.store, request);
    const [text] = noted.items.get(String(request.TableName)) ?? [];
    return new JsonText(text === undefined ? '{}' : `{"Item":${text}}`);
  },

  async BatchGetItem(tables, request) {
    const asked = request.RequestItems as Readonly<Record<string, Request>>;
    if (!handsOutAll(request) || !Object.values(asked).every(handsOutAll)) return undefined;
    const noted = noteReads(tables);
    await run(batchGetItem, noted.store, request);
    const found = Object.keys(asked).map((table) => [table, noted.items.get(table) ?? []] as const);
    if (found.flatMap(([, texts]) => texts).reduce((sum, text) => sum + mostBytesOf(text), 0) >= PAGE_BYTES) {
      return undefined;
    }
    const responses = found.map(([table, texts]) => `${JSON.stringify(table)}:[${inNoOrder(texts).join()}]`);
    return new JsonText(`{"Responses":{${responses.join()}},"UnprocessedKeys":{}}`);
  },

  async Query(tables, request) {
    if (!handsOutAll(request)) return undefined;
    const noted = noteReads(tables);
    await run(query, await readingFrom(noted.store, request), request);
    const table = await describeTable(tables, String(request.TableName));
    const page = new Page(table.KeySchema[1]?.AttributeName, request.Limit as number | undefined);
    if (noted.range !== undefined) await page.fill(tables.db, noted.range);
    const keys = [...table.KeySchema, ...(findIndex(table, request.IndexName)?.KeySchema ?? [])];
    const after = page.lastKey(keys.map(({ AttributeName }) => AttributeName));
    const parts = [
      `"Count":${page.texts.length},"ScannedCount":${page.texts.length}`,
      ...(request.Select === 'COUNT' ? [] : [`"Items":[${page.texts.join()}]`]),
      ...(after === undefined ? [] : [`"LastEvaluatedKey":${JSON.stringify(after)}`]),
    ];
    return new JsonText(`{${parts.join()}}`);
  },
} satisfies Record<string, PlainRead>;

/** Whether rows are handed out as they rest, and nobody asks what they cost. */
function handsOutAll(request: Request): boolean {
  const { ReturnConsumedCapacity: cost = 'NONE', Select: select = 'COUNT' } = request;
  const narrowing = ['_projection', 'AttributesToGet', '_filter', 'QueryFilter'];
  return cost === 'NONE' && select === 'COUNT' && narrowing.every((name) => request[name] === undefined);
}

interface Noted {
  readonly store: Store;
  /** Texts of the items that were asked for by key and are there, by table. */
  readonly items: ReadonlyMap<string, readonly string[]>;
  /** The range that was asked for. */
  readonly range: Range | undefined;
}

function noteReads(tables: Store): Noted {
  const items = new Map<string, string[]>();
  const open = (table: string, prefix: string): Collection => ({
    get(key, callback) {
      const text = tables.db.getSync(prefix + key, TEXT);
      const texts = items.get(table) ?? [];
      if (text !== undefined) texts.push(text);
      items.set(table, texts);
      callback(null);
    },
    createValueStream(range) {
      noted.range = rangeWithin(prefix, range);
      return emptyStream();
    },
  });
  const noted = {
    store: {
      ...tables,
      getItemDb: (table: string) => open(table, itemPrefix(table)),
      getIndexDb: (kind: string, table: string, index: string) => open(table, indexPrefix(kind, table, index)),
    },
    items,
    range: undefined as Range | undefined,
  };
  return noted;
}

/** As in DynamoDB, so that nobody comes to rely on one. */
function inNoOrder(texts: readonly string[]): readonly string[] {
  return texts.toSorted(() => Math.random() - 0.5);
}

/** More than {@link itemSize} makes of a row: names and types stand in the text in full, a key is counted more than once. */
function mostBytesOf(text: string): number {
  return 20 + text.length * 1.4;
}

/** The rows of one answer to a query: at most so many, and no more once they have come to a megabyte. */
class Page {
  readonly texts: string[] = [];
  readonly #sortKey: string | undefined;
  readonly #limit: number;
  #bytes = 0;
  #isExact = false;

  constructor(sortKey: string | undefined, limit = Number.POSITIVE_INFINITY) {
    this.#sortKey = sortKey;
    this.#limit = limit;
  }

  async fill(level: Level, range: Range): Promise<void> {
    for await (const texts of readValues(level, range)) {
      for (const text of texts) {
        if (this.#isFull) return;
        this.#add(text);
      }
    }
  }

  /** Where the next page starts; undefined when nothing may follow. */
  lastKey(names: readonly string[]): Item | undefined {
    const last = this.texts.at(-1);
    if (!this.#isFull || last === undefined) return undefined;
    const item: Item = JSON.parse(last);
    return Object.fromEntries(names.map((name) => [name, item[name] ?? {}]));
  }

  get #isFull(): boolean {
    return this.texts.length >= this.#limit || this.#bytes >= PAGE_BYTES;
  }

  #add(text: string): void {
    this.texts.push(text);
    this.#bytes += this.#isExact ? this.#bytesOf(text) : mostBytesOf(text);
    if (this.#isExact || this.#bytes < PAGE_BYTES) return;
    this.#isExact = true;
    this.#bytes = this.texts.reduce((sum, each) => sum + this.#bytesOf(each), 0);
  }

  #bytesOf(text: string): number {
    return itemSize(JSON.parse(text), true, true, this.#sortKey);
  }
}
