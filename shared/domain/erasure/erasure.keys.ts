import type { Key } from '../../platform/dynamo/table.ts';
import { platformPartition } from '../../platform/tenant/tenant-partition.ts';

/** All erasures, outside of every tenant because they outlive it: `P#ERASURE#RECEIPT`, in the table and on gsi1. */
export const ERASURES = platformPartition('ERASURE', 'RECEIPT');

/** The erasures with something still to be done, on gsi2: `P#ERASURE#DUE`. Few at a time, so one partition holds them. */
export const DUE_ERASURES = platformPartition('ERASURE', 'DUE');

/** One erasure, from its beginning to its receipt: `P#ERASURE#RECEIPT` / `COMPANY#<empresa_id>`. */
export function erasureKey(empresaId: string): Key {
  return { pk: ERASURES, sk: `COMPANY#${empresaId}` };
}

/** Newest first on index gsi1: `P#ERASURE#RECEIPT` / `<requested instant>#<empresa_id>`. */
export function erasureOrder(empresaId: string, requested: Date): { gsi1pk: string; gsi1sk: string } {
  return { gsi1pk: ERASURES, gsi1sk: `${requested.toISOString()}#${empresaId}` };
}

/** When somebody has to look at it again if nobody does: `P#ERASURE#DUE` / `<due instant>#<empresa_id>`. */
export function erasureDueKey(empresaId: string, due: Date): { gsi2pk: string; gsi2sk: string } {
  return { gsi2pk: DUE_ERASURES, gsi2sk: `${due.toISOString()}#${empresaId}` };
}
