import { PropertyRefused } from '../../../shared/domain/property/property.repository.ts';
import {
  compared,
  DEFAULT_CHECK_IN_TIME,
  DEFAULT_CHECK_OUT_TIME,
  DEFAULT_PROPERTY_TYPE,
  type Property,
} from '../../../shared/domain/property/property.ts';
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
  const property: Property = {
    id,
    name: body.name,
    address: body.address ?? '',
    property_type: body.property_type || DEFAULT_PROPERTY_TYPE,
    check_in_time: body.check_in_time ?? DEFAULT_CHECK_IN_TIME,
    check_out_time: body.check_out_time ?? DEFAULT_CHECK_OUT_TIME,
    timezone: body.timezone ?? null,
    external_ref: body.external_ref ?? null,
    units: wanted.map((unit, at) => newUnit(firstUnit + at, unit, made)),
    version: 1,
    longest_stay_s: 0,
    created_at: made.at,
    created_by: made.by,
    modified_at: made.at,
    modified_by: made.by,
    deleted_at: null,
    deleted_by: null,
    deletion_reason: null,
  };
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
