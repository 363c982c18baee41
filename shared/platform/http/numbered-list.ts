import * as z from 'zod';
import { AppError } from '../errors/app-error.ts';

const DEFAULT_SIZE = 20;
const LARGEST_SIZE = 100;

/** A page by its number; `last` is the last one, whichever that is, and 0 stands for what is no page number. */
export type PageNumber = number | 'last';

/** One key of an order. */
export interface Ordering<K extends string = string> {
  readonly key: K;
  readonly descending: boolean;
}

/** What a list was asked for (`aristay.md` §1.4, §1.5). */
export interface ListAsked<K extends string = string> {
  readonly page: PageNumber;
  readonly page_size: number;
  readonly ordering: readonly Ordering<K>[];
}

/** The answer of a list route; the pipeline makes the envelope with its links of it. */
export interface NumberedPage<T> {
  readonly kind: 'numbered-page';
  /** Rows after filtering and before paging. */
  readonly count: number;
  readonly page: number;
  readonly page_size: number;
  readonly results: readonly T[];
}

/** Rows `offset` to `offset + size` of a list are its page `page`. */
export interface PageWindow {
  readonly page: number;
  readonly offset: number;
  readonly size: number;
}

function readPage(text: string | undefined): PageNumber {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '') return 1;
  if (trimmed === 'last') return 'last';
  return /^\d{1,15}$/.test(trimmed) ? Number(trimmed) : 0;
}

function readSize(text: string | undefined): number {
  const trimmed = text?.trim() ?? '';
  const size = /^\d{1,15}$/.test(trimmed) ? Number(trimmed) : 0;
  return size < 1 ? DEFAULT_SIZE : Math.min(size, LARGEST_SIZE);
}

/** Unknown keys are silently ignored; if none remain, the default applies. */
function readOrdering<K extends string>(
  text: string,
  allowed: readonly K[],
  byDefault: readonly Ordering<K>[],
): readonly Ordering<K>[] {
  const asked = text.split(',').flatMap((part) => {
    const trimmed = part.trim();
    const descending = trimmed.startsWith('-');
    const key = allowed.find((name) => name === trimmed.slice(descending ? 1 : 0));
    return key === undefined ? [] : [{ key, descending }];
  });
  return asked.length > 0 ? asked : byDefault;
}

/**
 * The query of a list route: paging, ordering, and the filters of its own. A bad page number is no bad query but a
 * page that does not exist, so it is told by {@link pageWindow}.
 *
 * @param filters each an optional field, best made by `filter()` of `aristay-fields.ts`
 * @param ordering the keys that may be ordered by, and the order when none is asked for
 * @example query: listQuery({ role: filter(choiceField(ROLES)) }, { allowed: ['created_at'], byDefault: '-created_at' })
 */
export function listQuery<const K extends string, F extends z.ZodRawShape>(
  filters: F,
  ordering: { readonly allowed: readonly K[]; readonly byDefault: K | `-${K}` },
) {
  const byDefault = readOrdering(ordering.byDefault, ordering.allowed, []);
  const keys = ordering.allowed.map((key) => `\`${key}\``).join(', ');
  return z.object({
    ...filters,
    page: z.string().optional().transform(readPage).describe('From 1, or `last`.'),
    page_size: z
      .string()
      .optional()
      .transform(readSize)
      .describe(`Rows to a page: ${DEFAULT_SIZE} unless said otherwise, ${LARGEST_SIZE} at most.`),
    ordering: z
      .string()
      .optional()
      .transform((text) => readOrdering(text ?? '', ordering.allowed, byDefault))
      .describe(`Keys by commas, with \`-\` in front from the last: ${keys}. Otherwise \`${ordering.byDefault}\`.`),
  });
}

const envelopes = new WeakMap<z.ZodType, ReturnType<typeof envelopeOf>>();

/** The envelope of a list (`aristay.md` §1.4); for one kind of rows always the same, because schemas compile slowly. */
export function listAnswer(row: z.ZodType) {
  const known = envelopes.get(row) ?? envelopeOf(row);
  envelopes.set(row, known);
  return known;
}

function envelopeOf(row: z.ZodType) {
  return z.object({
    count: z.int().nonnegative(),
    next: z.string().nullable(),
    previous: z.string().nullable(),
    results: z.array(row),
  });
}

/**
 * Where the page asked for lies in a list of `count` rows; page 1 of an empty list is one.
 * @throws AppError `not_found` for a page that does not exist
 */
export function pageWindow({ page, page_size: size }: Omit<ListAsked, 'ordering'>, count: number): PageWindow {
  const last = Math.max(1, Math.ceil(count / size));
  const number = page === 'last' ? last : page;
  if (number < 1 || number > last) throw new AppError('not_found', 'Invalid page.');
  return { page: number, offset: (number - 1) * size, size };
}

/** A page whose rows were read by its window. */
export function numberedPage<T>(results: readonly T[], count: number, { page, size }: PageWindow): NumberedPage<T> {
  return { kind: 'numbered-page', count, page, page_size: size, results };
}

/** One value that rows are ordered by. */
export type Sortable = string | number | boolean | null | undefined;

const texts = new Intl.Collator('en');

function compareValues(a: Sortable, b: Sortable): number {
  if (typeof a === 'string' && typeof b === 'string') return texts.compare(a, b);
  return Number(a) - Number(b);
}

/**
 * Orders rows as asked: nulls last in both directions, ties by id, the greater one first (`aristay.md` §1.5).
 * @param sortValue what a row is ordered by for a key; compares texts as people do, numbers and flags as numbers
 */
export function orderRows<T extends { readonly id: number | string }, K extends string>(
  rows: readonly T[],
  ordering: readonly Ordering<K>[],
  sortValue: (row: T, key: K) => Sortable,
): readonly T[] {
  const compareBy = (a: T, b: T, { key, descending }: Ordering<K>): number => {
    const [left, right] = [sortValue(a, key) ?? null, sortValue(b, key) ?? null];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return descending ? compareValues(right, left) : compareValues(left, right);
  };
  return [...rows].sort((a, b) => {
    for (const key of ordering) {
      const difference = compareBy(a, b, key);
      if (difference !== 0) return difference;
    }
    return compareValues(b.id, a.id);
  });
}

/**
 * A page of rows that are all at hand, in their order: for lists whose filters leave what one or two reads bring.
 * @throws AppError `not_found` for a page that does not exist
 */
export function pageOf<T>(rows: readonly T[], asked: Omit<ListAsked, 'ordering'>): NumberedPage<T> {
  const window = pageWindow(asked, rows.length);
  return numberedPage(rows.slice(window.offset, window.offset + window.size), rows.length, window);
}
