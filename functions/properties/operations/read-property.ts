import type { PropertyAnswer } from '../schemas.ts';
import { notFound, type PropertyDeps } from './property-deps.ts';
import { propertyWithUnits } from './show-property.ts';

/** A property with its units (S15): two requests. @throws AppError `not_found` */
export async function readProperty(deps: PropertyDeps, id: number): Promise<PropertyAnswer> {
  const { property, companyZone } = await deps.properties.findAnyWithZone(id);
  if (property === undefined || property.deleted_at !== null) throw notFound();
  return propertyWithUnits(deps, property, companyZone);
}
