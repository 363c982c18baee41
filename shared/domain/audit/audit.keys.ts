import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';

/** A company's audit trail: `T#<empresa_id>#AUDIT`. */
export function auditPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'AUDIT');
}

/** One entry, in order: `T#<empresa_id>#AUDIT` / `ENTRY#<number, 12 digits>`. */
export function auditKey(empresaId: string, number: number): Key {
  return { pk: auditPartition(empresaId), sk: `ENTRY#${String(number).padStart(12, '0')}` };
}

/** The end of the chain, which the next entry continues: `T#<empresa_id>#AUDIT_HEAD` / `HEAD`. */
export function auditHeadKey(empresaId: string): Key {
  return { pk: tenantPartition(empresaId, 'AUDIT_HEAD'), sk: 'HEAD' };
}
