import { labelMatcher } from '../../../shared/domain/booking-import/property-labels.ts';
import { newProperty } from '../../../shared/domain/property/new-property.ts';
import { PropertyRefused } from '../../../shared/domain/property/property.repository.ts';
import type { Property } from '../../../shared/domain/property/property.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { ImportDeps } from './import-deps.ts';

const LONGEST_NAME = 100;
/** More new properties than this in one file are a wrong column, not a portfolio. */
const MOST_ADDED = 200;

/**
 * Adds the properties that an admin's file names and nobody knows (`aristay.md` §6.4); from anybody else such rows are
 * errors.
 * @param live the properties that are there
 */
export async function addMissingProperties(
  deps: ImportDeps,
  live: readonly Property[],
  labels: readonly string[],
): Promise<readonly Property[]> {
  if (deps.actor.role !== 'admin') return [];
  const added: Property[] = [];
  for (const label of labels) {
    // Asked anew for each: another spelling of one that was just added is that one.
    const { kind } = labelMatcher([...live, ...added])(label);
    if (kind !== 'unknown' || label.length > LONGEST_NAME || added.length >= MOST_ADDED) continue;
    const property = await addProperty(deps, label);
    if (property !== undefined) added.push(property);
  }
  return added;
}

async function addProperty(deps: ImportDeps, name: string): Promise<Property | undefined> {
  const made = { at: toUtcIso(deps.now), by: deps.actor.userId };
  const property = newProperty(await deps.nextNumbers('property', 1), { name }, made);
  const fact = { accion: 'propiedad.crear', entidad: 'propiedad', entidad_id: String(property.id), cambios: { name } };
  try {
    await deps.properties.create(property, (writes) => deps.commit(writes, { fact }));
    return property;
  } catch (thrown) {
    if (!(thrown instanceof PropertyRefused)) throw thrown;
    // Somebody has just added it: two imports of one file. Then it is theirs that is meant.
    return (await deps.properties.list()).find((each) => each.name.toLowerCase() === name.toLowerCase());
  }
}
