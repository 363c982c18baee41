import type { Table } from '../../platform/dynamo/table.ts';
import { TENANT_SHARDS, tenantShard } from './company.keys.ts';

/** The ids of all tenants, one page at a time in memory: for scheduled runs and for what is run by hand. */
export async function* listTenants(table: Table): AsyncGenerator<string> {
  for (let shard = 0; shard < TENANT_SHARDS; shard += 1) {
    for await (const row of table.queryAll({ pk: tenantShard(shard) })) yield String(row.empresa_id);
  }
}
