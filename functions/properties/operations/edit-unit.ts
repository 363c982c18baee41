import { unitNumbered } from '../../../shared/domain/property/property.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { UnitAnswer, UnitChangeBody } from '../schemas.ts';
import { numberTaken } from './create-unit.ts';
import { changeProperty, type PropertyDeps, type UnitPath, unitIn } from './property-deps.ts';
import { unitFact } from './property-facts.ts';
import { unitWithGuest } from './show-property.ts';

/**
 * Changes a unit (C40); its bookings follow it under a new number.
 * @throws AppError `not_found`, `invalid` for a number that another unit of the property has
 */
export async function editUnit(deps: PropertyDeps, path: UnitPath, body: UnitChangeBody): Promise<UnitAnswer> {
  return changeProperty(deps, path.id, async (seen) => {
    const unit = unitIn(seen, path.unit_id);
    const fact = unitFact('unidad.cambiar', seen, unit, { body, seen: unit });
    // The property alone: every entry says of which one the unit is.
    if (Object.keys(fact.cambios).length === 1) return { fact, answer: (same) => unitWithGuest(deps, same, unit) };
    const holder = body.unit_number === undefined ? undefined : unitNumbered(seen, body.unit_number);
    if (holder !== undefined && holder.id !== unit.id) throw numberTaken(holder.unit_number);
    const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
    const wanted = { ...unit, ...given, modified_at: toUtcIso(deps.now), modified_by: deps.actor.userId };
    return {
      wanted: { ...seen, units: seen.units.map((known) => (known.id === unit.id ? wanted : known)) },
      fact,
      answer: (changed) => unitWithGuest(deps, changed, wanted),
    };
  });
}
