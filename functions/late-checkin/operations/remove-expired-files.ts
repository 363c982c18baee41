import { ArrivalImportRepository } from '../../../shared/domain/arrival-import/arrival-import.repository.ts';
import type { ObjectStore } from '../../../shared/platform/storage/object-store.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';

/**
 * Deletes dropped files and their results 72 hours after their last check-in day (ruling 8). A file that was dropped
 * anew since is left to its own expiry.
 */
export async function removeExpiredFiles(scope: TenantScope, drops: ObjectStore, now: Date): Promise<void> {
  const imports = new ArrivalImportRepository(scope);
  for (const file of await imports.listExpired(now)) {
    const latest = await imports.findSource(file.source);
    if (latest === undefined || latest.import_id === file.import_id) {
      for (const objectKey of file.object_keys) await drops.remove(objectKey);
    }
    await imports.forgetExpired(file);
  }
}
