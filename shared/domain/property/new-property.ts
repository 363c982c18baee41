import { DEFAULT_CHECK_IN_TIME, DEFAULT_CHECK_OUT_TIME, DEFAULT_PROPERTY_TYPE, type Property } from './property.ts';

/** When something is made, and by whom: a user's UUID. */
export interface Making {
  readonly at: string;
  readonly by: string;
}

/** Provenance of what was just made and lives. */
export function firstMarks({ at, by }: Making) {
  return {
    created_at: at,
    created_by: by,
    modified_at: at,
    modified_by: by,
    deleted_at: null,
    deleted_by: null,
    deletion_reason: null,
  };
}

/** What is known of a property when it is made; the rest has a default (`aristay.md` §3.2). */
export type PropertyWish = Pick<Property, 'name'> & {
  readonly [field in keyof Pick<
    Property,
    'address' | 'property_type' | 'check_in_time' | 'check_out_time' | 'timezone' | 'external_ref' | 'units'
  >]?: Property[field] | undefined;
};

/** A property that nobody has stayed at. */
export function newProperty(id: number, wish: PropertyWish, made: Making): Property {
  return {
    id,
    name: wish.name,
    address: wish.address ?? '',
    property_type: wish.property_type || DEFAULT_PROPERTY_TYPE,
    check_in_time: wish.check_in_time ?? DEFAULT_CHECK_IN_TIME,
    check_out_time: wish.check_out_time ?? DEFAULT_CHECK_OUT_TIME,
    timezone: wish.timezone ?? null,
    external_ref: wish.external_ref ?? null,
    units: wish.units ?? [],
    version: 1,
    longest_stay_s: 0,
    ...firstMarks(made),
  };
}
