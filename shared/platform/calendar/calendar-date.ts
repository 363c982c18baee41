/** Calendar dates as text, `YYYY-MM-DD`, years 0001 to 9999: they belong to a place and are never shifted by a zone. */

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;
const YEAR_ZERO = '0000';

/**
 * Whether the text is a day that exists in the Gregorian calendar, written `YYYY-MM-DD`.
 *
 * @example isCalendarDate('2025-02-29') // false
 */
export function isCalendarDate(text: string): boolean {
  if (!DATE.test(text) || text.startsWith(YEAR_ZERO)) return false;
  const instant = Date.parse(`${text}T00:00:00Z`);
  // The engine reads 30 February as 2 March instead of refusing it: only a date that reads back the same exists.
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}

/**
 * The date of three numbers, or null when there is no such day.
 *
 * @example calendarDate(2026, 6, 3) // '2026-06-03'
 */
export function calendarDate(year: number, month: number, day: number): string | null {
  const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  return isCalendarDate(text) ? text : null;
}

/**
 * The date `days` later (earlier when negative).
 *
 * @example addDays('2026-02-28', 1) // '2026-03-01'
 * @throws RangeError when `date` is not a calendar date or the answer falls outside the years 0001 to 9999
 */
export function addDays(date: string, days: number): string {
  const moved = new Date(midnightUtc(date) + days * DAY_MS);
  const text = Number.isNaN(moved.getTime()) ? '' : moved.toISOString().slice(0, 10);
  if (!isCalendarDate(text)) throw new RangeError('The date leaves the calendar (years 0001 to 9999).');
  return text;
}

/**
 * Whole days from one date to another, negative when `to` is the earlier.
 *
 * @example daysBetween('2026-06-03', '2026-06-06') // 3
 * @throws RangeError when either is not a calendar date
 */
export function daysBetween(from: string, to: string): number {
  return (midnightUtc(to) - midnightUtc(from)) / DAY_MS;
}

function midnightUtc(date: string): number {
  if (!isCalendarDate(date)) throw new RangeError('Not a calendar date (YYYY-MM-DD).');
  return Date.parse(`${date}T00:00:00Z`);
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
