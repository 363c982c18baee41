import { addDays } from '../../platform/calendar/calendar-date.ts';
import { instantOf } from '../../platform/calendar/time-zone.ts';

const KEPT_MS = 72 * 3_600_000;

/** 72 hours after the end of the check-in day on the company's clocks (ruling 8). */
export function expiryOf(checkIn: string, zone: string): Date {
  return new Date(instantOf(addDays(checkIn, 1), '00:00', zone).getTime() + KEPT_MS);
}
