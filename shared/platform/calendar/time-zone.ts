import { isCalendarDate } from './calendar-date.ts';

/** What a wall clock shows somewhere. */
export interface LocalDateTime {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** `HH:MM`, 00:00 to 23:59; seconds are cut. */
  readonly time: string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Building a formatter takes 40 times as long as using it, and one run covers a thousand companies in a few zones.
 * The cap is there because zone names are matched in any letter case, so their spellings are many.
 */
const MAX_FORMATTERS = 1_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * Whether the text names a zone of the IANA database (`Europe/Madrid`, `UTC`). Fixed offsets such as `+02:00` are
 * refused: they know nothing of summer time.
 */
export function isValidZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    formatterOf(zone);
    return true;
  } catch {
    return false;
  }
}

/**
 * Date and time on the clocks of a zone at an instant.
 *
 * @example localDateTime(new Date('2026-06-03T22:30:00Z'), 'Europe/Madrid') // { date: '2026-06-04', time: '00:30' }
 * @throws RangeError for an unknown zone or an invalid instant
 */
export function localDateTime(instant: Date, zone: string): LocalDateTime {
  const iso = new Date(wallClockMs(instant.getTime(), zone)).toISOString();
  return { date: iso.slice(0, 10), time: iso.slice(11, 16) };
}

/**
 * The instant at which the clocks of a zone show a date and time.
 *
 * On the two nights a year when clocks change (the rule of RFC 5545 §3.3.5, and `compatible` in Temporal):
 * a time that is skipped is read with the offset before the change, so 02:30 of a night that jumps from 02:00 to
 * 03:00 is 03:30; a time that comes twice is the first of the two.
 *
 * @param date `YYYY-MM-DD`
 * @param time `HH:MM`, 00:00 to 23:59
 * @example instantOf('2026-06-03', '06:00', 'Europe/Madrid') // 2026-06-03T04:00:00.000Z
 * @throws RangeError for a malformed date or time, or an unknown zone
 */
export function instantOf(date: string, time: string, zone: string): Date {
  if (!isCalendarDate(date)) throw new RangeError('Not a calendar date (YYYY-MM-DD).');
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) throw new RangeError('Not a time of day (HH:MM).');
  const wallClock = Date.parse(`${date}T${time}:00Z`);
  const offsetBefore = offsetMs(wallClock - DAY_MS, zone);
  const offsetAfter = offsetMs(wallClock + DAY_MS, zone);
  const first = wallClock - offsetBefore;
  if (offsetBefore === offsetAfter || offsetMs(first, zone) === offsetBefore) return new Date(first);
  const second = wallClock - offsetAfter;
  return new Date(offsetMs(second, zone) === offsetAfter ? second : first);
}

function offsetMs(instantMs: number, zone: string): number {
  return wallClockMs(instantMs, zone) - Math.floor(instantMs / 1000) * 1000;
}

/**
 * Asking a formatter takes 20 µs, and the same instants come again and again: thousands of stays of one company begin at
 * the same hours of a few hundred days.
 */
const MAX_WALL_CLOCKS = 20_000;
const wallClocks = new Map<string, number>();

/** The wall clock of a zone, written as if it were UTC. */
function wallClockMs(instantMs: number, zone: string): number {
  const asked = `${instantMs} ${zone}`;
  const known = wallClocks.get(asked);
  if (known !== undefined) return known;
  const shown = readWallClock(instantMs, zone);
  if (wallClocks.size >= MAX_WALL_CLOCKS) wallClocks.clear();
  wallClocks.set(asked, shown);
  return shown;
}

/** Parts are read by name: their order and commas are the engine's. */
function readWallClock(instantMs: number, zone: string): number {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(instantMs)) parts[type] = value;
  const pad = (part: string | undefined, digits = 2) => (part ?? '').padStart(digits, '0');
  const date = `${pad(parts.year, 4)}-${pad(parts.month)}-${pad(parts.day)}`;
  if (parts.era !== 'A' || !isCalendarDate(date))
    throw new RangeError('The instant is outside the years 0001 to 9999.');
  return Date.parse(`${date}T${pad(parts.hour)}:${pad(parts.minute)}:${pad(parts.second)}Z`);
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    era: 'narrow',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  if (formatters.size >= MAX_FORMATTERS) formatters.clear();
  formatters.set(zone, formatter);
  return formatter;
}
