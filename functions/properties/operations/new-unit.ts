import type { Unit } from '../../../shared/domain/property/property.ts';
import type { UnitBody } from '../schemas.ts';

/** A unit from its body. */
export function newUnit(id: number, body: UnitBody, made: { readonly at: string; readonly by: string }): Unit {
  return {
    id,
    unit_number: body.unit_number,
    status: body.status ?? 'available',
    external_ref: body.external_ref ?? null,
    created_at: made.at,
    created_by: made.by,
    modified_at: made.at,
    modified_by: made.by,
    deleted_at: null,
    deleted_by: null,
    deletion_reason: null,
  };
}
