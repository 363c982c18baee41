import { labelMatcher } from '../../../shared/domain/booking-import/property-labels.ts';
import { PropertyRefused } from '../../../shared/domain/property/property.repository.ts';
import {
  DEFAULT_CHECK_IN_TIME,
  DEFAULT_CHECK_OUT_TIME,
  DEFAULT_PROPERTY_TYPE,
  type Property,
} from '../../../shared/domain/property/property.ts';
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
  const at = toUtcIso(deps.now);
  const by = deps.actor.userId;
  const property: Property = {
    id: await deps.nextNumbers('property', 1),
    name,
    address: '',
    property_type: DEFAULT_PROPERTY_TYPE,
    check_in_time: DEFAULT_CHECK_IN_TIME,
    check_out_time: DEFAULT_CHECK_OUT_TIME,
    timezone: null,
    external_ref: null,
    units: [],
    version: 1,
    longest_stay_s: 0,
    created_at: at,
    created_by: by,
    modified_at: at,
    modified_by: by,
    deleted_at: null,
    deleted_by: null,
    deletion_reason: null,
  };
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
