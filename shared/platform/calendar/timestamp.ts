import { isCalendarDate } from './calendar-date.ts';
import { instantOf } from './time-zone.ts';

/** An ISO 8601 text as it was meant: an instant, a time on somebody's clocks, or a whole day. */
export type Timestamp =
  | { readonly kind: 'instant'; readonly instant: Date }
  | { readonly kind: 'local'; readonly date: string; readonly time: string; readonly seconds: number }
  | { readonly kind: 'date'; readonly date: string };

const SHAPE = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;
/** Instants of which every zone has a date in the years 0001 to 9999. */
const EARLIEST = Date.parse('0001-01-02T00:00:00Z');
const LATEST = Date.parse('9999-12-30T00:00:00Z');

/**
 * Reads what `aristay.md` §1.3 takes for a timestamp; fractions of a second are cut.
 *
 * @example readTimestamp('2025-10-01T15:00-04:00') // { kind: 'instant', instant: 2025-10-01T19:00:00Z }
 * @returns undefined for anything else, and for days and times that do not exist
 */
export function readTimestamp(text: string): Timestamp | undefined {
  const [, date = '', time, second = '00', offset] = SHAPE.exec(text.trim()) ?? [];
  if (!isCalendarDate(date)) return undefined;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  if (midnight < EARLIEST || midnight > LATEST) return undefined;
  if (time === undefined) return { kind: 'date', date };
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time) || Number(second) > 59) return undefined;
  if (offset === undefined) return { kind: 'local', date, time, seconds: Number(second) };
  const ahead = minutesOf(offset);
  if (ahead === undefined) return undefined;
  return { kind: 'instant', instant: new Date(Date.parse(`${date}T${time}:${second}Z`) - ahead * 60_000) };
}

/** Minutes that an offset is ahead of UTC; no zone is further than 18 hours (RFC 9557 §2). */
function minutesOf(offset: string): number | undefined {
  if (/^z$/i.test(offset)) return 0;
  const [, sign, hours = '', minutes = '00'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset) ?? [];
  const ahead = Number(hours) * 60 + Number(minutes);
  if (ahead > 18 * 60 || Number(minutes) > 59) return undefined;
  return sign === '-' ? -ahead : ahead;
}

/**
 * The instant that a timestamp means on the clocks of a zone; a day means its midnight.
 *
 * @throws RangeError for an unknown zone
 */
export function instantIn(timestamp: Timestamp, zone: string): Date {
  if (timestamp.kind === 'instant') return timestamp.instant;
  if (timestamp.kind === 'date') return instantOf(timestamp.date, '00:00', zone);
  return new Date(instantOf(timestamp.date, timestamp.time, zone).getTime() + timestamp.seconds * 1000);
}
