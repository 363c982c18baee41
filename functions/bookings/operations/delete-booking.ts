import { bookingFact } from '../../../shared/domain/booking/booking-audit.ts';
import { changeBookings } from '../../../shared/domain/booking/change-bookings.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import { type BookingDeps, foundBooking } from './booking-deps.ts';

/** Deletes a booking (C45): it is gone from every list, and its nights and code are free. @throws AppError `not_found` */
export async function deleteBooking(deps: BookingDeps, id: number): Promise<undefined> {
  const found = await foundBooking(deps, id);
  await changeBookings(deps, [found.property_id], async () => {
    const seen = await foundBooking(deps, id);
    const booking = { ...seen, deleted_at: toUtcIso(deps.now), deleted_by: deps.actor.userId };
    return {
      changes: [{ kind: 'update', seen, booking }],
      commit: deps.committing(bookingFact('reserva.borrar', booking, seen), []),
      answer: undefined,
    };
  });
}
