import { deleteIf } from '../../platform/dynamo/delete-if.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { deviceLockKey } from './device.keys.ts';

/** Takes a device off the platform's list, where it is the company's. @param digest of its token */
export async function freeDevice({ empresaId, table }: TenantScope, digest: string): Promise<void> {
  await deleteIf(table, deviceLockKey(digest), { expression: 'empresa_id = :own', values: { ':own': empresaId } });
}
