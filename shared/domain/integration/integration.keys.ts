import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';

/** What a company can connect; one of each. */
export type IntegrationName = 'pms' | 'ia' | 'google' | 'discord';

/** All integrations of a company, so that one query reads them: `T#<empresa_id>#INTEGRATION`. */
export function integrationPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'INTEGRATION');
}

/** One integration: `T#<empresa_id>#INTEGRATION` / `INTEGRATION#<name>`. One row each, so saving needs no reading (D-47). */
export function integrationKey(empresaId: string, name: IntegrationName): Key {
  return { pk: integrationPartition(empresaId), sk: `INTEGRATION#${name}` };
}
