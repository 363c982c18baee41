import { liveUnits, MOST_UNITS, unitNumbered } from '../../../shared/domain/property/property.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { UnitAnswer, UnitBody } from '../schemas.ts';
import { newUnit } from './new-unit.ts';
import { changeProperty, invalidField, type PropertyDeps } from './property-deps.ts';
import { unitFact } from './property-facts.ts';
import { unitWithGuest } from './show-property.ts';

/**
 * Adds a unit (C39). From the second one on, each has a calendar of its own (§3.4).
 * @throws AppError `not_found`, `invalid` for a number that the property has already
 */
export async function createUnit(deps: PropertyDeps, propertyId: number, body: UnitBody): Promise<UnitAnswer> {
  let id: number | undefined;
  return changeProperty(deps, propertyId, async (seen) => {
    if (unitNumbered(seen, body.unit_number) !== undefined) throw numberTaken(body.unit_number);
    if (liveUnits(seen).length >= MOST_UNITS) {
      throw invalidField('non_field_errors', `A property has ${MOST_UNITS} units at most.`);
    }
    id ??= await deps.nextIds('unit', 1);
    const unit = newUnit(id, body, { at: toUtcIso(deps.now), by: deps.actor.userId });
    return {
      wanted: { ...seen, units: [...seen.units, unit] },
      fact: unitFact('unidad.crear', seen, unit, { body }),
      answer: (changed) => unitWithGuest(deps, changed, unit),
    };
  });
}

export function numberTaken(number: string) {
  return invalidField('unit_number', `The property already has a unit "${number}".`);
}
