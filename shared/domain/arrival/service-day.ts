import { addDays } from '../../platform/calendar/calendar-date.ts';
import { instantOf, localDateTime } from '../../platform/calendar/time-zone.ts';

/** The hour at which one working day of the front desk ends and the next begins (ruling 10). */
export const SERVICE_DAY_START = '06:00';

export interface ServiceDay {
  /** The calendar date it begins on, `YYYY-MM-DD`: the check-in date of its arrivals. */
  readonly date: string;
  readonly start: Date;
  /** The first instant of the next service day. */
  readonly end: Date;
}

/**
 * Date of the service day an instant falls in: 06:00 to 06:00 on the clocks of the zone, so 05:59 still belongs to
 * the day before.
 *
 * @throws RangeError for an unknown zone
 */
export function serviceDateOf(instant: Date, zone: string): string {
  const { date, time } = localDateTime(instant, zone);
  return time < SERVICE_DAY_START ? addDays(date, -1) : date;
}

/** The service day an instant falls in; 23 or 25 hours long when the clocks change in its night. */
export function serviceDayOf(instant: Date, zone: string): ServiceDay {
  return serviceDayOn(serviceDateOf(instant, zone), zone);
}

/** The service day that begins on a calendar date. */
export function serviceDayOn(date: string, zone: string): ServiceDay {
  return {
    date,
    start: instantOf(date, SERVICE_DAY_START, zone),
    end: instantOf(addDays(date, 1), SERVICE_DAY_START, zone),
  };
}
