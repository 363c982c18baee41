import { readDateText } from '../../platform/calendar/date-text.ts';
import { type Cell, cellDate, cellText, cellTime } from '../../platform/spreadsheet/cell.ts';
import { type DateSystem, dateFromSerial } from '../../platform/spreadsheet/serial-date.ts';
import { cutText } from '../../platform/text/cut-text.ts';
import { parseArrivalTime } from './arrival-time.ts';

/** What a cell says: `value` null and `understood` true is a blank cell. */
export interface CellReading {
  readonly value: string | null;
  readonly understood: boolean;
}

const BLANK: CellReading = { value: null, understood: true };
const SECONDS_PER_DAY = 86_400;
/** `[h]:mm` durations from 24:00 to 29:59 are hours after midnight of the night (ruling 10). */
const NIGHT_END_SECONDS = 30 * 3600;

/** The days that spreadsheets give to a time without a date; some exports write them out. */
const DAY_ZERO = /^(?:1899-12-3[01]|1900-01-0[01])(?:[ T]|$)/;
const MAX_QUOTED = 30;

/** `HH:MM` of an arrival-hour cell (`stay-sidekick.md` §5.3). Bare numbers and dates are no hours. */
export function readHour(cell: Cell): CellReading {
  const text = cell.kind === 'error' ? cell.value : cellText(cell);
  return text === '' ? BLANK : reading(hourOf(cell, text));
}

/** `YYYY-MM-DD` of a date cell, of a text date by the rules of §5.4, or of a serial number that lacks its format. */
export function readDay(cell: Cell, dateSystem: DateSystem): CellReading {
  const text = cell.kind === 'error' ? cell.value : cellText(cell);
  if (text === '') return BLANK;
  if (cell.kind === 'number') return reading(dateFromSerial(cell.value, dateSystem));
  return reading(cellDate(cell) ?? (cell.kind === 'text' ? readDateText(text) : null));
}

/**
 * A cell's value for a message: one short line. What looks like a phone or an e-mail is hidden, because a wrongly
 * configured column would print guests' data.
 */
export function quoteCell(cell: Cell): string {
  const text = (cell.kind === 'error' ? cell.value : cellText(cell)).replace(/\s+/g, ' ');
  const personal = text.includes('@') || (/\d(?:[\s().-]*\d){6}/.test(text) && readDateText(text) === null);
  if (personal) return '(valor oculto)';
  return `«${text.length > MAX_QUOTED ? `${cutText(text, MAX_QUOTED)}…` : text}»`;
}

function hourOf(cell: Cell, text: string): string | null {
  if (cell.kind === 'text') return parseArrivalTime(text.replace(DAY_ZERO, ''));
  if (cell.kind === 'date') return DAY_ZERO.test(text) ? '00:00' : null;
  if (cell.kind !== 'duration' || cell.seconds < SECONDS_PER_DAY) return cellTime(cell);
  return cell.seconds < NIGHT_END_SECONDS ? cellTime({ ...cell, seconds: cell.seconds - SECONDS_PER_DAY }) : null;
}

function reading(value: string | null): CellReading {
  return { value, understood: value !== null };
}
