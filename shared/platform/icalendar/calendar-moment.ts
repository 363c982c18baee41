import { addDays, calendarDate } from '../calendar/calendar-date.ts';
import { instantOf, isValidZone, localDateTime } from '../calendar/time-zone.ts';
import type { ContentLine } from './content-line.ts';

/** A value of type DATE or DATE-TIME (RFC 5545 §3.3.4, §3.3.5). */
export interface CalendarMoment {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** `HH:MM`; absent for a day without an hour, which no zone ever moves. */
  readonly time?: string;
  /** `UTC`, or the zone that the line names; absent for clocks of wherever the event takes place. */
  readonly zone?: string;
}

/** A length of time: days on the calendar, then minutes on the clock. */
export interface CalendarDuration {
  readonly days: number;
  readonly minutes: number;
}

const MOMENT = /^(\d{4})(\d{2})(\d{2})(?:T([01]\d|2[0-3])([0-5]\d)\d{2}(Z)?)?$/;
const DURATION = /^\+?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:\d{1,6}S)?)?$/;
const DAY_MINUTES = 1_440;
/** Nothing that is let lies outside of this, and sums of days stay within the calendar. */
const [EARLIEST, LATEST] = ['1970-01-02', '2199-12-31'];

/** Undefined when the value is none, or a day that does not exist. */
export function readMoment({ value, parameters }: ContentLine): CalendarMoment | undefined {
  const [, year, month, day, hour, minute, utc] = MOMENT.exec(value.trim()) ?? [];
  const date = calendarDate(Number(year), Number(month), Number(day));
  if (date === null || date < EARLIEST || date > LATEST) return undefined;
  if (hour === undefined) return { date };
  const zone = utc === undefined ? parameters.get('TZID') : 'UTC';
  return { date, time: `${hour}:${minute}`, ...(zone !== undefined && { zone }) };
}

/** Undefined when the value is none (RFC 5545 §3.3.6); a negative one is none of an event. */
export function readDuration(value: string): CalendarDuration | undefined {
  const [found, weeks = 0, days = 0, hours = 0, minutes = 0] = DURATION.exec(value.trim()) ?? [];
  if (found === undefined) return undefined;
  return { days: Number(weeks) * 7 + Number(days), minutes: Number(hours) * 60 + Number(minutes) };
}

/**
 * The day of a moment on the calendar of a place. A zone that the time zone database does not know is the sender's own
 * name for one, most likely that of the place itself.
 * @param place IANA zone of where the event takes place
 */
export function dayAt(moment: CalendarMoment, place: string): string {
  const { date, time, zone } = moment;
  if (time === undefined || zone === undefined || !isValidZone(zone)) return date;
  return localDateTime(instantOf(date, time, zone), place).date;
}

/** A moment later by a duration. */
export function later(moment: CalendarMoment, { days, minutes }: CalendarDuration): CalendarMoment {
  if (moment.time === undefined)
    return { ...moment, date: addDays(moment.date, days + Math.floor(minutes / DAY_MINUTES)) };
  const [hour, minute] = moment.time.split(':').map(Number);
  const sum = (hour ?? 0) * 60 + (minute ?? 0) + minutes;
  const rest = sum % DAY_MINUTES;
  const time = [Math.floor(rest / 60), rest % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return { ...moment, date: addDays(moment.date, days + Math.floor(sum / DAY_MINUTES)), time };
}
