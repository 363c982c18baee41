import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';

/** A company's event log: `T#<empresa_id>#EVENT`. */
export function eventPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'EVENT');
}

/** One event, in order: `T#<empresa_id>#EVENT` / `EVENT#<number, 12 digits>`. */
export function eventKey(empresaId: string, number: number): Key {
  return { pk: eventPartition(empresaId), sk: `EVENT#${String(number).padStart(12, '0')}` };
}

/** The end of the log, which the next event continues: `T#<empresa_id>#EVENT_HEAD` / `HEAD`. */
export function eventHeadKey(empresaId: string): Key {
  return { pk: tenantPartition(empresaId, 'EVENT_HEAD'), sk: 'HEAD' };
}
