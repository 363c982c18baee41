import { calendarDate } from './calendar-date.ts';

/** A time of day, or anything else after a space or `T`, may follow a date and is ignored. */
const END = '(?:[\\sT].*)?$';

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/;
const YEAR_FIRST = new RegExp(`^(\\d{4})/(\\d{1,2})/(\\d{1,2})${END}`);
const DOTTED = new RegExp(`^(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4}|\\d{2})${END}`);
const DASHED = new RegExp(`^(\\d{1,2})-(\\d{1,2})-(\\d{4})${END}`);
const SLASHED = new RegExp(`^(\\d{1,2})/(\\d{1,2})/(\\d{4}|\\d{2})${END}`);

/** Two-digit years from here on belong to the last century. */
const CENTURY_PIVOT = 69;

/**
 * Reads a date that a person or an export wrote as text, by the rules of `stay-sidekick.md` §5.4: a year in front is
 * year-month-day; dots, dashes and slashes are day-month-year, slashes month-first only where the second number
 * cannot be a month; two-digit years 00–68 are 20xx, 69–99 are 19xx (dots and slashes; `26-06-03` could be either
 * way round and is not read).
 *
 * @returns `YYYY-MM-DD`, or null for anything else and for days that do not exist
 * @example readDateText('01/05/26') // '2026-05-01'
 */
export function readDateText(text: string): string | null {
  const trimmed = text.trim();
  const yearFirst = ISO.exec(trimmed) ?? YEAR_FIRST.exec(trimmed);
  if (yearFirst !== null) return fromParts(yearFirst[1], yearFirst[2], yearFirst[3]);
  const dayFirst = DOTTED.exec(trimmed) ?? DASHED.exec(trimmed);
  if (dayFirst !== null) return fromParts(dayFirst[3], dayFirst[2], dayFirst[1]);
  const slashed = SLASHED.exec(trimmed);
  if (slashed === null) return null;
  const [, first, second, year] = slashed;
  const monthFirst = Number(first) <= 12 && Number(second) > 12;
  return monthFirst ? fromParts(year, first, second) : fromParts(year, second, first);
}

function fromParts(year = '', month = '', day = ''): string | null {
  return calendarDate(year.length === 2 ? fullYear(Number(year)) : Number(year), Number(month), Number(day));
}

function fullYear(twoDigits: number): number {
  return twoDigits < CENTURY_PIVOT ? 2000 + twoDigits : 1900 + twoDigits;
}
