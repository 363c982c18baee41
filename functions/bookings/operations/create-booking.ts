import type { Booking } from '../../../shared/domain/booking/booking.ts';
import { createBooking as bookingFrom } from '../../../shared/domain/booking/booking.ts';
import { bookingFact } from '../../../shared/domain/booking/booking-audit.ts';
import { bookingCreated } from '../../../shared/domain/booking/booking-events.ts';
import type { BookingRow } from '../../../shared/domain/booking/booking-row.ts';
import { changeBookings } from '../../../shared/domain/booking/change-bookings.ts';
import type { Company } from '../../../shared/domain/company/company.ts';
import { callerZone } from '../../../shared/domain/identity/caller-zone.ts';
import type { Property } from '../../../shared/domain/property/property.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { CreationBody } from '../schemas.ts';
import { type BookingDeps, invalidField, ownCompany } from './booking-deps.ts';
import { refuseOverlap, tellingTakenCode } from './calendar-rules.ts';
import { checkOrder, readDates, readExpiry, readPlainFields, readUnit, timestampsOf } from './read-facts.ts';
import { bookingFor } from './show-booking.ts';

/**
 * Adds a booking (C42). Nights and code are looked at and taken in one step, however many book at once.
 * @throws AppError `invalid` for an unknown property or unit, dates the wrong way round, nights or a code that are taken
 */
export async function createBooking(deps: BookingDeps, body: CreationBody): Promise<BookingRow> {
  const owner = await ownCompany(deps);
  const companyZone = owner.zona_horaria;
  const zone = await callerZone(deps, timestampsOf(body), companyZone);
  let id: number | undefined;
  return tellingTakenCode(() =>
    changeBookings(deps, [body.property], async ([property]) => {
      if (property === undefined) throw invalidField('property', 'There is no such property.');
      const draft = draftOf(deps, body, { owner, property, zone });
      await refuseOverlap(deps.bookings, property, draft);
      // Numbers are taken only for what will be written, and once for all attempts.
      id ??= await deps.nextId();
      const booking = { ...draft, id };
      const told = [bookingCreated(booking, { property, companyZone }, { origin: 'api' })];
      return {
        changes: [{ kind: 'create', booking }],
        commit: deps.committing(bookingFact('reserva.crear', booking), told),
        answer: bookingFor(deps.actor, booking, property, companyZone),
      };
    }),
  );
}

/** A booking without a number yet. */
function draftOf(
  { actor, now }: BookingDeps,
  body: CreationBody,
  { owner, property, zone }: { readonly owner: Company; readonly property: Property; readonly zone: string },
): Booking {
  const at = toUtcIso(now);
  const dates = { check_in_date: '', check_out_date: '', ...readDates(body, zone) };
  checkOrder(dates);
  return bookingFrom({
    ...readPlainFields(body, zone),
    ...dates,
    id: 0,
    property_id: property.id,
    unit_id: readUnit(property, body.unit),
    expires_at: readExpiry(dates.check_out_date, owner, now),
    created_via: 'api',
    created_at: at,
    created_by: actor.userId,
    modified_via: 'api',
    modified_at: at,
    modified_by: actor.userId,
  });
}
