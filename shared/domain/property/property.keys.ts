import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';

/** Digits of an integer in a sort key, so that keys sort as the numbers do. */
const ID_DIGITS = 12;

/** The properties of a company: `T#<empresa_id>#PROPERTY`. */
export function propertyPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'PROPERTY');
}

/** One property with its units: `T#<empresa_id>#PROPERTY` / `PROPERTY#<property id, 12 digits>`. */
export function propertyKey(empresaId: string, id: number): Key {
  return { pk: propertyPartition(empresaId), sk: `PROPERTY#${sortableId(id)}` };
}

/** Holder of a property's name within its company: `T#<empresa_id>#PROPERTY_NAME` / `NAME#<name as compared>`. */
export function propertyNameKey(empresaId: string, comparedName: string): Key {
  return { pk: tenantPartition(empresaId, 'PROPERTY_NAME'), sk: `NAME#${comparedName}` };
}

/** An integer id as a sort key holds it. @example sortableId(3) // '000000000003' */
export function sortableId(id: number): string {
  return String(id).padStart(ID_DIGITS, '0');
}
