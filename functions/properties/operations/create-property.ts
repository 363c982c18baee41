import { newProperty } from '../../../shared/domain/property/new-property.ts';
import { PropertyRefused } from '../../../shared/domain/property/property.repository.ts';
import { compared } from '../../../shared/domain/property/property.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { CreationBody, PropertyAnswer, UnitBody } from '../schemas.ts';
import { newUnit } from './new-unit.ts';
import { invalidField, nameTaken, type PropertyDeps } from './property-deps.ts';
import { propertyFact } from './property-facts.ts';
import { readProperty } from './read-property.ts';

/**
 * Adds a property, with units if so wished (C35).
 * @throws AppError `invalid` for a name that another property has, or a unit number that comes twice
 */
export async function createProperty(deps: PropertyDeps, body: CreationBody): Promise<PropertyAnswer> {
  const wanted = body.units ?? [];
  checkNumbers(wanted);
  const id = await deps.nextIds('property', 1);
  const firstUnit = wanted.length === 0 ? 0 : await deps.nextIds('unit', wanted.length);
  const made = { at: toUtcIso(deps.now), by: deps.actor.userId };
  const units = wanted.map((unit, at) => newUnit(firstUnit + at, unit, made));
  const property = newProperty(id, { ...body, units }, made);
  const fact = propertyFact('propiedad.crear', property, { ...body, unidades: wanted.length });
  try {
    await deps.properties.create(property, deps.committing(fact));
  } catch (thrown) {
    if (thrown instanceof PropertyRefused && thrown.refusal === 'name_taken') throw nameTaken();
    throw thrown;
  }
  return readProperty(deps, id);
}

function checkNumbers(units: readonly UnitBody[]): void {
  const seen = new Set<string>();
  for (const { unit_number } of units) {
    if (seen.has(compared(unit_number))) throw invalidField('units', `The unit number "${unit_number}" comes twice.`);
    seen.add(compared(unit_number));
  }
}
