import type { Booking } from '../../../shared/domain/booking/booking.ts';
import { bookingFact } from '../../../shared/domain/booking/booking-audit.ts';
import type { BookingRow } from '../../../shared/domain/booking/booking-row.ts';
import { sameStay } from '../../../shared/domain/booking/booking-writes.ts';
import { changeBookings } from '../../../shared/domain/booking/change-bookings.ts';
import type { Company } from '../../../shared/domain/company/company.ts';
import { callerZone } from '../../../shared/domain/identity/caller-zone.ts';
import type { Property } from '../../../shared/domain/property/property.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { ChangeBody } from '../schemas.ts';
import { type BookingDeps, foundBooking, invalidField, ownCompany } from './booking-deps.ts';
import { refuseOverlap, tellingTakenCode } from './calendar-rules.ts';
import { checkOrder, readDates, readExpiry, readPlainFields, readUnit, timestampsOf } from './read-facts.ts';
import { bookingFor } from './show-booking.ts';

/**
 * Changes a booking (C44). What is so already is neither written nor told.
 * @param found the booking that the path names
 * @throws AppError `invalid` as for a new one, `not_found` when it was deleted meanwhile
 */
export async function editBooking(deps: BookingDeps, found: Booking, body: ChangeBody): Promise<BookingRow> {
  const owner = await ownCompany(deps);
  const zone = await callerZone(deps, timestampsOf(body), owner.zona_horaria);
  const homes = [...new Set([body.property ?? found.property_id, found.property_id])];
  let known: Booking | undefined = found;
  return tellingTakenCode(() =>
    changeBookings(deps, homes, async ([property]) => {
      const seen = known ?? (await foundBooking(deps, found.id));
      // A second attempt is made because something moved.
      known = undefined;
      if (property === undefined) throw invalidField('property', 'There is no such property.');
      const booking = changed(deps, seen, body, { owner, property, zone });
      const show = (shown: Booking) => bookingFor(deps.actor, shown, property, owner.zona_horaria);
      const fact = bookingFact('reserva.cambiar', booking, seen);
      if (Object.keys(fact.cambios).length === 0 && sameHours(booking, seen))
        return { changes: [], answer: show(seen) };
      if (!sameStay(seen, booking)) await refuseOverlap(deps.bookings, property, booking);
      return {
        changes: [{ kind: 'update', seen, booking }],
        commit: deps.committing(fact, []),
        answer: show(booking),
      };
    }),
  );
}

function sameHours(a: Booking, b: Booking): boolean {
  return a.check_in_hour_known === b.check_in_hour_known && a.check_out_hour_known === b.check_out_hour_known;
}

function changed(
  { actor, now }: BookingDeps,
  seen: Booking,
  body: ChangeBody,
  { owner, property, zone }: { readonly owner: Company; readonly property: Property; readonly zone: string },
): Booking {
  const dates = { ...seen, ...readDates(body, zone) };
  checkOrder(dates);
  // The unit of one property is none of another's.
  const unit_id =
    body.unit === undefined && property.id === seen.property_id ? seen.unit_id : readUnit(property, body.unit);
  return {
    ...dates,
    ...readPlainFields(body, zone),
    property_id: property.id,
    unit_id,
    expires_at: readExpiry(dates.check_out_date, owner, now),
    modified_via: 'api',
    modified_at: toUtcIso(now),
    modified_by: actor.userId,
  };
}
