import { firstMarks, type Making } from '../../../shared/domain/property/new-property.ts';
import type { Unit } from '../../../shared/domain/property/property.ts';
import type { UnitBody } from '../schemas.ts';

/** A unit from its body. */
export function newUnit(id: number, body: UnitBody, made: Making): Unit {
  return {
    id,
    unit_number: body.unit_number,
    status: body.status ?? 'available',
    external_ref: body.external_ref ?? null,
    ...firstMarks(made),
  };
}
