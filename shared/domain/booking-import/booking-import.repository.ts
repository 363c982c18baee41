import * as z from 'zod';
import { type DataKey, open, seal } from '../../platform/crypto/sealed.ts';
import { ABSENT, type Item, type Key, type PartitionQuery, type Write } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import {
  bookingImportKey,
  bookingImportPartition,
  type ImportPageKind,
  importChangeKey,
  importChangePartition,
  importPageKey,
  importPagePartition,
  importPagePrefix,
} from './booking-import.keys.ts';
import { type BookingImport, bookingImport } from './booking-import.ts';
import { type StoredConflict, storedConflict } from './import-conflict.ts';
import { type Finding, finding } from './import-row.ts';
import { type ImportTrace, importTrace } from './import-trace.ts';

/** Bytes of one page before it is sealed: well within the 400 KB of a row. */
const PAGE_BYTES = 150_000;

const SCHEMAS = { CONFLICTS: storedConflict, ERRORS: finding, WARNINGS: finding } as const;

/** A page as read, with what it takes to write it again. */
export interface ConflictPage {
  readonly first: number;
  readonly conflicts: readonly StoredConflict[];
}

interface Context {
  readonly scope: TenantScope;
  /** The tenant's data key of purpose `guest-data`. */
  readonly guestKey: () => Promise<DataKey>;
  /** An import whose time is over is as good as gone, though TTL deletes later. */
  readonly now: Date;
}

/** The imports of one company's bookings: each with its counts in clear, and all that tells of guests sealed. */
export class BookingImportRepository {
  readonly #scope: TenantScope;
  readonly #guestKey: () => Promise<DataKey>;
  readonly #nowSeconds: number;

  constructor({ scope, guestKey, now }: Context) {
    this.#scope = scope;
    this.#guestKey = guestKey;
    this.#nowSeconds = now.getTime() / 1000;
  }

  async find(importId: string): Promise<BookingImport | undefined> {
    const row = await this.#scope.table.get(bookingImportKey(this.#scope.empresaId, importId), { consistent: true });
    return row && this.#kept(bookingImport.parse(row));
  }

  /** The company's imports, the newest first. */
  async *listNewest(): AsyncGenerator<BookingImport> {
    const query = { pk: bookingImportPartition(this.#scope.empresaId), newestFirst: true, consistent: true };
    for await (const row of this.#scope.table.queryAll(query)) {
      const entry = this.#kept(bookingImport.parse(row));
      if (entry !== undefined) yield entry;
    }
  }

  /** The write that adds an import. */
  adding(entry: BookingImport): Write {
    return {
      kind: 'put',
      item: { ...bookingImportKey(this.#scope.empresaId, entry.import_id), ...entry },
      condition: ABSENT,
    };
  }

  /** The write that puts an import in the place of the one that was seen, if nobody has moved it since. */
  moving(seen: BookingImport, to: Partial<BookingImport>): Write {
    const item = {
      ...bookingImportKey(this.#scope.empresaId, seen.import_id),
      ...seen,
      ...to,
      version: seen.version + 1,
    };
    const condition = { expression: 'version = :seen', values: { ':seen': seen.version } };
    return { kind: 'put', item, condition };
  }

  /** @throws TransactionRefused when one of the writes was refused */
  async commit(writes: readonly Write[]): Promise<void> {
    await this.#scope.table.transact(writes);
  }

  /** The writes that add pages; each page is a row of its own. @param first index of the first entry */
  async pages<K extends ImportPageKind>(
    entry: Pick<BookingImport, 'import_id' | 'expires_at'>,
    kind: K,
    content: readonly z.infer<(typeof SCHEMAS)[K]>[],
    first = 0,
  ): Promise<readonly Extract<Write, { kind: 'put' }>[]> {
    const key = await this.#guestKey();
    const writes: Extract<Write, { kind: 'put' }>[] = [];
    let page: unknown[] = [];
    let size = 0;
    let at = first;
    const close = () => {
      if (page.length === 0) return;
      const place = importPageKey(this.#scope.empresaId, entry.import_id, kind, at);
      writes.push({ kind: 'put', item: sealedItem(key, place, page, entry.expires_at) });
      at += page.length;
      [page, size] = [[], 0];
    };
    for (const each of content) {
      const length = Buffer.byteLength(JSON.stringify(each));
      if (size + length > PAGE_BYTES) close();
      page.push(each);
      size += length;
    }
    close();
    return writes;
  }

  /** Writes pages that nothing points to yet; written again they are the same. */
  async addPages(writes: readonly Extract<Write, { kind: 'put' }>[]): Promise<void> {
    for (const write of writes) await this.#scope.table.write(write);
  }

  /** Conflicts from an index on, page by page. */
  async *conflictPages(importId: string, from = 0): AsyncGenerator<ConflictPage> {
    for await (const { first, content } of this.#pages(importId, 'CONFLICTS')) {
      const conflicts = z.array(storedConflict).parse(content);
      if (first + conflicts.length > from) yield { first, conflicts };
    }
  }

  /** The first findings of a kind. */
  async findings(importId: string, kind: 'ERRORS' | 'WARNINGS', most: number): Promise<readonly Finding[]> {
    const found: Finding[] = [];
    for await (const { content } of this.#pages(importId, kind)) {
      found.push(...z.array(finding).parse(content));
      if (found.length >= most) break;
    }
    return found.slice(0, most);
  }

  /** The write that tells of changes, to stand in their transaction. */
  async tracing(entry: Pick<BookingImport, 'import_id' | 'expires_at'>, trace: ImportTrace): Promise<Write> {
    const place = importChangeKey(this.#scope.empresaId, entry.import_id, trace.number);
    const item = sealedItem(await this.#guestKey(), place, trace, entry.expires_at);
    return { kind: 'put', item, condition: ABSENT };
  }

  /** What an import wrote, the last first. */
  async *tracesBackwards(importId: string): AsyncGenerator<ImportTrace> {
    const pk = importChangePartition(this.#scope.empresaId);
    const query = { pk, prefix: `${importId}#`, newestFirst: true, consistent: true };
    for await (const content of this.#opened(query)) yield importTrace.parse(content.value);
  }

  /** The write that leaves of a trace what is still to be undone; undoing takes it with it in the end. */
  async leaving(entry: Pick<BookingImport, 'import_id' | 'expires_at'>, left: ImportTrace): Promise<Write> {
    const place = importChangeKey(this.#scope.empresaId, entry.import_id, left.number);
    if (left.changes.length === 0) return { kind: 'delete', key: place };
    return { kind: 'put', item: sealedItem(await this.#guestKey(), place, left, entry.expires_at) };
  }

  async *#pages(importId: string, kind: ImportPageKind) {
    const pk = importPagePartition(this.#scope.empresaId);
    const prefix = importPagePrefix(importId, kind);
    for await (const { sk, value } of this.#opened({ pk, prefix, consistent: true })) {
      yield { first: Number(sk.slice(prefix.length)), content: value };
    }
  }

  async *#opened(query: PartitionQuery): AsyncGenerator<{ readonly sk: string; readonly value: unknown }> {
    const key = await this.#guestKey();
    for await (const row of this.#scope.table.queryAll(query)) {
      const sk = String(row.sk);
      yield { sk, value: JSON.parse(open(key, placeOf({ pk: query.pk, sk }), String(row.sealed))) };
    }
  }

  #kept(entry: BookingImport): BookingImport | undefined {
    return entry.expires_at > this.#nowSeconds ? entry : undefined;
  }
}

function placeOf({ sk }: Key): string {
  return `booking-import/${sk}`;
}

function sealedItem(key: DataKey, place: Key, content: unknown, expires_at: number): Item & Key {
  return { ...place, sealed: seal(key, placeOf(place), JSON.stringify(content)), expires_at };
}
