import { localDateTime } from '../../platform/calendar/time-zone.ts';
import type { BookingOutline } from './booking.ts';

/**
 * The days of a booking by the calendar of its property (`aristay.md` S6).
 * @example bookingWindow(booking, 'Europe/Madrid') // '2025-10-01 → 2025-10-04'
 */
export function bookingWindow(
  { check_in_date, check_out_date }: Pick<BookingOutline, 'check_in_date' | 'check_out_date'>,
  zone: string,
): string {
  return [check_in_date, check_out_date].map((at) => localDateTime(new Date(at), zone).date).join(' → ');
}
