import type { Cell } from './cell.ts';
import type { FormatKind } from './number-format.ts';

/** The day counted from: 1 is 1900-01-01 (with a 29 February 1900 that never was), or 0 is 1904-01-01. */
export type DateSystem = 1900 | 1904;

type CalendarFormat = Exclude<FormatKind, 'number'>;

const SECONDS_PER_DAY = 86_400;
const MILLISECONDS_PER_DAY = 86_400_000;
/** 31 December 9999, the last day a sheet can hold. */
const LAST_SERIAL_1900 = 2_958_465;
const DAYS_1900_TO_1904 = 1462;
const FALSE_LEAP_DAY = 60;
/** Days from 1970-01-01 to the day before serial 1, for serials after the false leap day. */
const EPOCH_1900 = -25_569;

/**
 * Calendar day of a serial number as `YYYY-MM-DD`, its time of day left off; null where the date system has no such
 * day: negative, beyond the year 9999, and in the 1900 system 0 and the false 29 February 1900 (serial 60).
 *
 * @example dateFromSerial(46176, 1900) // '2026-06-03'
 */
export function dateFromSerial(serial: number, dateSystem: DateSystem): string | null {
  const day = Math.floor(serial) + (dateSystem === 1904 ? DAYS_1900_TO_1904 : 0);
  const first = dateSystem === 1904 ? DAYS_1900_TO_1904 : 1;
  if (!(day >= first && day <= LAST_SERIAL_1900)) return null;
  if (dateSystem === 1904 || day > FALSE_LEAP_DAY) return isoDay(day + EPOCH_1900);
  return day === FALSE_LEAP_DAY ? null : isoDay(day + EPOCH_1900 + 1);
}

/**
 * The cell that a stored number and its format make. Seconds are rounded (20:00 is stored as 0.8333333333). A number
 * that its date format cannot show stays a number.
 */
export function serialCell(value: number, kind: CalendarFormat, dateSystem: DateSystem): Cell {
  if (kind === 'duration') return { kind: 'duration', seconds: Math.round(value * SECONDS_PER_DAY) };
  if (value >= 0 && value < 1 && (kind === 'time' || dateSystem === 1900)) return timeCell(value, kind);
  return dateCell(value, kind, dateSystem);
}

/** Distinct values of a kind that are kept: dates and times of a sheet are few, instants of its making are not. */
const MOST_KEPT = 5_000;

/**
 * {@link serialCell} for one workbook, which makes each cell once: a sheet shows the same days and times over and over.
 * The peak of reading 50,000 rows with three such columns is a quarter lower (`npm run bench -- spreadsheet`).
 */
export function serialCells(dateSystem: DateSystem): (value: number, kind: CalendarFormat) => Cell {
  const made = { date: new Map(), time: new Map(), dateTime: new Map(), duration: new Map() } satisfies Record<
    CalendarFormat,
    Map<number, Cell>
  >;
  return (value, kind) => {
    const kept: Map<number, Cell> = made[kind];
    const known = kept.get(value);
    if (known !== undefined) return known;
    const cell = serialCell(value, kind, dateSystem);
    if (kept.size < MOST_KEPT) kept.set(value, cell);
    return cell;
  };
}

function timeCell(fraction: number, kind: CalendarFormat): Cell {
  // A zero under a date format is an empty source cell seen through a formula, not midnight.
  if (fraction === 0 && kind === 'date') return { kind: 'number', value: fraction };
  return { kind: 'time', value: clock(secondsOfDay(fraction)) };
}

function dateCell(value: number, kind: CalendarFormat, dateSystem: DateSystem): Cell {
  const fraction = value - Math.floor(value);
  // Within Excel's own precision of a millisecond it is the next midnight; before that it stays in its day.
  const carried = Math.round(fraction * MILLISECONDS_PER_DAY) === MILLISECONDS_PER_DAY;
  const day = dateFromSerial(value + (carried ? 1 : 0), dateSystem);
  if (day === null) return { kind: 'number', value };
  const seconds = carried ? 0 : secondsOfDay(fraction);
  if (kind === 'date' && seconds === 0) return { kind: 'date', value: day };
  return { kind: 'dateTime', value: `${day}T${clock(seconds)}` };
}

/** Never 24:00: what is short of midnight stays before it, else an arrival at 23:59:59.9 would read as 00:00. */
function secondsOfDay(fraction: number): number {
  return Math.min(Math.round(fraction * SECONDS_PER_DAY), SECONDS_PER_DAY - 1);
}

const TWO_DIGITS = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));

function clock(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return `${TWO_DIGITS[hours]}:${TWO_DIGITS[minutes]}:${TWO_DIGITS[seconds % 60]}`;
}

function isoDay(daysSince1970: number): string {
  // Not toISOString: it takes several times as long, and sheets hold dates by the hundred thousand.
  const day = new Date(daysSince1970 * MILLISECONDS_PER_DAY);
  return `${day.getUTCFullYear()}-${TWO_DIGITS[day.getUTCMonth() + 1]}-${TWO_DIGITS[day.getUTCDate()]}`;
}
