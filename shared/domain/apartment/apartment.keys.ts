import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';

/** The catalogue of a company: `T#<empresa_id>#APARTMENT`. */
export function apartmentPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'APARTMENT');
}

/** One apartment: `T#<empresa_id>#APARTMENT` / `APARTMENT#<apartment id>`. */
export function apartmentKey(empresaId: string, id: string): Key {
  return { pk: apartmentPartition(empresaId), sk: `APARTMENT#${id}` };
}

/** Which apartment holds an id of the PMS: `T#<empresa_id>#APARTMENT_PMS` / `PMS#<id_pms>`. */
export function pmsLockKey(empresaId: string, idPms: string): Key {
  return { pk: tenantPartition(empresaId, 'APARTMENT_PMS'), sk: `PMS#${idPms}` };
}
