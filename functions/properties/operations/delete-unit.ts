import { isActive } from '../../../shared/domain/booking/booking.ts';
import { unitOf } from '../../../shared/domain/booking/booking-reservation.ts';
import { firstOverlap } from '../../../shared/domain/booking/overlap.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import { changeProperty, invalidField, type PropertyDeps, type UnitPath, unitIn } from './property-deps.ts';
import { unitFact } from './property-facts.ts';

/**
 * Deletes a unit (C41). The last but one takes with it the calendars of units: what stands unassigned is then a booking
 * of the only unit left, and must not meet another.
 * @throws AppError `not_found`, `invalid` while the unit has active bookings, or when bookings would overlap without it
 */
export async function deleteUnit(deps: PropertyDeps, path: UnitPath): Promise<undefined> {
  await changeProperty(deps, path.id, async (seen) => {
    const unit = unitIn(seen, path.unit_id);
    const active = (await deps.bookings.listCheckingIn(seen.id)).filter(isActive);
    const own = active.filter(({ unit_id }) => unitOf(seen, unit_id)?.id === unit.id).length;
    if (own > 0) {
      throw invalidField('non_field_errors', `The unit has ${own} active bookings. Move or complete them first.`);
    }
    const gone = { ...unit, deleted_at: toUtcIso(deps.now), deleted_by: deps.actor.userId };
    const wanted = { ...seen, units: seen.units.map((known) => (known.id === unit.id ? gone : known)) };
    const met = firstOverlap(wanted, active);
    if (met !== undefined) {
      const [a, b] = met.map(({ id }) => id);
      const message = `Without the unit, bookings ${a} and ${b} would overlap. Give them units or other dates first.`;
      throw invalidField('non_field_errors', message);
    }
    return { wanted, fact: unitFact('unidad.borrar', seen, unit), answer: () => undefined };
  });
}
