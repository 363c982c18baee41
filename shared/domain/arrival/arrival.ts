import * as z from 'zod';
import { SERVICE_DAY_START } from './service-day.ts';

/** On time, late, or without a known hour. */
export const arrivalState = z.enum(['a_tiempo', 'tardia', 'desconocida']);
export type ArrivalState = z.output<typeof arrivalState>;

export interface ArrivalAssessment {
  /** True iff the hour is known and late. */
  readonly tardio: boolean;
  readonly estado_llegada: ArrivalState;
}

/** The cutoff of a company that has set none (`stay-sidekick.md` §6.2). */
export const DEFAULT_CUTOFF = '20:00';

const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;
const MINUTES_PER_DAY = 1440;

/**
 * Whether an arrival is late for its service day (ruling 10, D-25): from the cutoff minute on. Hours and cutoffs from
 * 00:00 to 05:59 lie after midnight of that night, so 00:30 is later than 23:59, and with a cutoff of 01:00 it is
 * still on time.
 *
 * @param arrivalTime `HH:MM`; null, or anything else, is unknown
 * @param cutoff `HH:MM`
 * @throws RangeError when the cutoff is not a time of day
 */
export function assessArrival(arrivalTime: string | null, cutoff: string): ArrivalAssessment {
  const limit = minuteOfNight(cutoff);
  if (limit === null) throw new RangeError('The cutoff is not a time of day (HH:MM).');
  const minute = arrivalTime === null ? null : minuteOfNight(arrivalTime);
  if (minute === null) return { tardio: false, estado_llegada: 'desconocida' };
  const tardio = minute >= limit;
  return { tardio, estado_llegada: tardio ? 'tardia' : 'a_tiempo' };
}

/**
 * Minutes from the midnight that began the service day's date: 360 (06:00) to 1799 (05:59 of the next morning, read
 * as 29:59). Null for text that is not `HH:MM`.
 */
export function minuteOfNight(time: string): number | null {
  if (!TIME_OF_DAY.test(time)) return null;
  const minute = Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  return time < SERVICE_DAY_START ? minute + MINUTES_PER_DAY : minute;
}
