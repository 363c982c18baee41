import { DEFAULT_PROPERTY_TYPE, type Property } from '../../../shared/domain/property/property.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { ChangeBody, PropertyAnswer } from '../schemas.ts';
import { changeProperty, type PropertyDeps } from './property-deps.ts';
import { propertyFact } from './property-facts.ts';
import { readProperty } from './read-property.ts';

/**
 * Changes a property (C36). What is so already is neither written nor told.
 * @throws AppError `not_found`, `invalid` for a name that another property has
 */
export async function editProperty(deps: PropertyDeps, id: number, body: ChangeBody): Promise<PropertyAnswer> {
  await changeProperty(deps, id, async (seen) => {
    const fact = propertyFact('propiedad.cambiar', seen, body, seen);
    const answer = () => undefined;
    if (Object.keys(fact.cambios).length === 0) return { fact, answer };
    return { wanted: changed(deps, seen, body), fact, answer };
  });
  return readProperty(deps, id);
}

function changed({ actor, now }: PropertyDeps, seen: Property, body: ChangeBody): Property {
  const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
  const wanted = { ...seen, ...given, modified_at: toUtcIso(now), modified_by: actor.userId };
  return { ...wanted, property_type: wanted.property_type || DEFAULT_PROPERTY_TYPE };
}
