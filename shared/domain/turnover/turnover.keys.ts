import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';
import { sortableId } from '../property/property.keys.ts';

/** Turnovers by their bookings: `T#<empresa_id>#TURNOVER`. */
export function turnoverPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'TURNOVER');
}

/** The one turnover of a booking: `T#<empresa_id>#TURNOVER` / `BOOKING#<booking id>`. */
export function turnoverKey(empresaId: string, bookingId: number): Key {
  return { pk: turnoverPartition(empresaId), sk: `BOOKING#${sortableId(bookingId)}` };
}
