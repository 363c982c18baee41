import { calendarDate } from '../../platform/calendar/calendar-date.ts';
import { readDateText } from '../../platform/calendar/date-text.ts';
import { type Cell, cellDate } from '../../platform/spreadsheet/cell.ts';
import { type DateSystem, dateFromSerial } from '../../platform/spreadsheet/serial-date.ts';

/**
 * What a cell says of a day. `doubtful`: read with the day first, though its numbers would give another day the other
 * way round. `month-first`: it can only have the month first.
 */
export type DateReading =
  | { readonly kind: 'date'; readonly date: string; readonly order?: 'doubtful' | 'month-first' }
  | { readonly kind: 'ambiguous' }
  | { readonly kind: 'none' };

const NONE: DateReading = { kind: 'none' };
/** Text that a spreadsheet would run as a formula is no date (`stay-sidekick.md` §5.5). */
const FORMULA = /^[=+\-@]/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const NAMED = /^(\d{1,2})\.?(?:\s+de)?[\s-]+(\p{L}{3,})\.?(?:\s+de)?[\s-]+(\d{4})$/u;
/** Two digits at both ends: the year may stand first as well as last. */
const TWO_DIGIT_ENDS = /^\d{1,2}-\d{1,2}-\d{2}$/;
const SLASHED = /^(\d{1,2})\/(\d{1,2})\/(?:\d{4}|\d{2})(?:\s|T|$)/;

/** The first three letters of the months in Spanish and English, without accents. */
const MONTHS: Readonly<Record<string, number>> = {
  ...{ ene: 1, feb: 2, mar: 3, abr: 4, may: 5, jun: 6, jul: 7, ago: 8, sep: 9, set: 9, oct: 10, nov: 11, dic: 12 },
  ...{ jan: 1, apr: 4, aug: 8, dec: 12 },
};

/**
 * The day of a cell of the heat map's files (`stay-sidekick.md` §5.5): real dates, text with the year first (ISO) or
 * the day first (local), and bare numbers as the workbook's own serial dates.
 */
export function readDateCell(cell: Cell, dateSystem: DateSystem): DateReading {
  if (cell.kind === 'text') return readDateOf(cell.value.trim());
  return dated(cell.kind === 'number' ? dateFromSerial(cell.value, dateSystem) : cellDate(cell));
}

function readDateOf(text: string): DateReading {
  if (text === '' || FORMULA.test(text)) return NONE;
  if (TWO_DIGIT_ENDS.test(text)) return { kind: 'ambiguous' };
  const [, year, month, day] = COMPACT.exec(text) ?? [];
  if (year !== undefined) return dated(calendarDate(Number(year), Number(month), Number(day)));
  const [, dayNumber, monthName, fullYear] = NAMED.exec(text) ?? [];
  if (monthName !== undefined) {
    return dated(calendarDate(Number(fullYear), monthNumber(monthName), Number(dayNumber)));
  }
  const reading = dated(readDateText(text));
  const [, first, second] = SLASHED.exec(text) ?? [];
  if (reading.kind !== 'date' || first === undefined) return reading;
  if (Number(second) > 12) return { ...reading, order: 'month-first' };
  const couldBeEither = Number(first) <= 12 && Number(first) !== Number(second);
  return couldBeEither ? { ...reading, order: 'doubtful' } : reading;
}

function monthNumber(name: string): number {
  return MONTHS[name.toLowerCase().slice(0, 3)] ?? 0;
}

function dated(date: string | null): DateReading {
  return date === null ? NONE : { kind: 'date', date };
}
