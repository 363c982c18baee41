import { tenantPartition } from '../tenant/tenant-partition.ts';
import type { TenantScope } from '../tenant/tenant-scope.ts';
import type { Key, Write } from './table.ts';

/** One counter: `T#<empresa_id>#COUNTER` / `COUNTER#<name>`. */
export function counterKey(empresaId: string, name: string): Key {
  return { pk: tenantPartition(empresaId, 'COUNTER'), sk: `COUNTER#${name}` };
}

/**
 * Takes `count` consecutive integers of a tenant's counter and answers the first; they start at 1, gaps may stay and
 * none is given twice (`aristay.md` §10.3).
 */
export async function nextNumbers(scope: TenantScope, name: string, count: number): Promise<number> {
  const row = await scope.table.write({
    kind: 'update',
    key: counterKey(scope.empresaId, name),
    update: { expression: 'ADD #last :count', names: { '#last': 'last' }, values: { ':count': count } },
  });
  return Number(row?.last) - count + 1;
}

/**
 * The write that keeps a count of rows, to stand in the transaction that adds or removes one: a list of thousands
 * knows its length without reading itself.
 * @param by 1 or -1
 */
export function countingWrite(empresaId: string, name: string, by: number): Write {
  return {
    kind: 'update',
    key: counterKey(empresaId, `count:${name}`),
    update: { expression: 'ADD #rows :by', names: { '#rows': 'rows' }, values: { ':by': by } },
  };
}

/** What {@link countingWrite} has counted so far. */
export async function countedRows(scope: TenantScope, name: string): Promise<number> {
  const row = await scope.table.get(counterKey(scope.empresaId, `count:${name}`), { consistent: true });
  return Number(row?.rows ?? 0);
}
