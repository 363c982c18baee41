import { tenantPartition } from '../tenant/tenant-partition.ts';
import type { TenantScope } from '../tenant/tenant-scope.ts';
import type { Key } from './table.ts';

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
