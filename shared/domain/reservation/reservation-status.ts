import * as z from 'zod';

/**
 * Normalised status (`integrations.md` §0.1), with the `completed` that ruling 7 keeps by name. An owner's own stay is
 * `blocked`: it gives no arrival, though the dwelling turns over; `status_raw` tells it from maintenance.
 */
export const reservationStatus = z.enum(['confirmed', 'completed', 'pending', 'cancelled', 'no_show', 'blocked']);
export type ReservationStatus = z.output<typeof reservationStatus>;

/** Whether a stay of this status brings a guest to the door. A completed one did, which past days still show. */
export function countsAsArrival(status: ReservationStatus): boolean {
  return status === 'confirmed' || status === 'completed';
}

const BOOKING_STATUSES: Readonly<Record<string, ReservationStatus>> = {
  booked: 'confirmed',
  confirmed: 'confirmed',
  currently_hosting: 'confirmed',
  owner_staying: 'blocked',
  cancelled: 'cancelled',
  completed: 'completed',
};

/** Status of an Aristay booking as ruling 7 reads it; unknown ones are `pending` (`integrations.md` §0.2). */
export function statusOfBooking(status: string): ReservationStatus {
  return Object.hasOwn(BOOKING_STATUSES, status) ? (BOOKING_STATUSES[status] ?? 'pending') : 'pending';
}
