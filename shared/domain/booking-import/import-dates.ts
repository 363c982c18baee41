import { calendarDate } from '../../platform/calendar/calendar-date.ts';
import { instantOf } from '../../platform/calendar/time-zone.ts';
import { instantIn, readTimestamp } from '../../platform/calendar/timestamp.ts';
import { toUtcIso } from '../../platform/clock/clock.ts';
import { type Cell, compactText } from '../../platform/spreadsheet/cell.ts';
import { type DateSystem, serialCell } from '../../platform/spreadsheet/serial-date.ts';

/** What a cell says of a moment: an instant, a time on the property's clocks, or a day alone. */
export interface ReadDate {
  /** UTC, whole seconds. */
  readonly instant: string;
  readonly hourKnown: boolean;
}

/** How a date without a time, or a time without a zone, becomes an instant. */
export interface DateContext {
  readonly dateSystem: DateSystem;
  readonly zone: string;
  /** `HH:MM` that stands in for a missing hour. */
  readonly defaultTime: string;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MIDNIGHT = 'T00:00:00';

/** Dates that people write, tried in this order after ISO 8601 (`aristay.md` §6.4). */
const SHAPES: readonly (readonly [RegExp, (parts: readonly string[]) => string | null])[] = [
  [/^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/, ([year, month, day]) => dateOf(year, month, day)],
  [
    /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/,
    ([first, second, year]) => (Number(first) > 12 ? dateOf(year, second, first) : dateOf(year, first, second)),
  ],
  [/^(\d{1,2})[ -]([a-z]{3,9})\.?[ -](\d{4})$/i, ([day, month, year]) => dateOf(year, monthOf(month), day)],
  [/^([a-z]{3,9})\.? (\d{1,2}),? (\d{4})$/i, ([month, day, year]) => dateOf(year, monthOf(month), day)],
];

function dateOf(year: string | undefined, month: string | number | undefined, day: string | undefined): string | null {
  return calendarDate(Number(year), Number(month), Number(day));
}

function monthOf(name = ''): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

/**
 * When a cell says that guests come or go, by `aristay.md` §6.4: a date, a serial number, or a text.
 * @returns undefined for what is no date
 */
export function readImportDate(cell: Cell, context: DateContext): ReadDate | undefined {
  const shown = cell.kind === 'number' ? serialCell(cell.value, 'date', context.dateSystem) : cell;
  if (shown.kind === 'date') return ofDay(shown.value, context);
  if (shown.kind === 'dateTime') {
    // A whole serial number under a format with hours is a day, and nobody checks in at midnight sharp.
    return shown.value.endsWith(MIDNIGHT) ? ofDay(shown.value.slice(0, 10), context) : ofText(shown.value, context);
  }
  return shown.kind === 'text' ? ofText(compactText(shown), context) : undefined;
}

function ofText(text: string, context: DateContext): ReadDate | undefined {
  const timestamp = readTimestamp(text);
  if (timestamp !== undefined && timestamp.kind !== 'date') {
    return { instant: toUtcIso(instantIn(timestamp, context.zone)), hourKnown: true };
  }
  for (const [shape, toDate] of SHAPES) {
    const found = shape.exec(text);
    const date = found && toDate(found.slice(1));
    if (date) return ofDay(date, context);
  }
  return undefined;
}

function ofDay(date: string, { zone, defaultTime }: DateContext): ReadDate | undefined {
  // The first and last days of the calendar have no instant in every zone.
  if (date < '1900-01-01' || date > '9999-01-01') return undefined;
  return { instant: toUtcIso(instantOf(date, defaultTime, zone)), hourKnown: false };
}
