import { systemClock } from '../../shared/platform/clock/clock.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { prefixedUlid } from '../../shared/platform/ids/ulid.ts';
import { functionLog } from '../../shared/platform/log/log.ts';
import { defineQueueFunction } from '../../shared/platform/queue/queue-function.ts';
import { workMessage, workQueue } from '../../shared/platform/queue/work-queue.ts';
import { objectStore } from '../../shared/platform/storage/object-store.ts';
import { connectTable } from '../../shared/platform/tenant/connect-table.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { bookingImportWorkerEnvironment } from './env.ts';
import { workOnImport } from './operations/work-on-import.ts';

const env = readEnvironment(bookingImportWorkerEnvironment);
const table = connectTable(env);
const deps = {
  keys: tenantKeys(env.KMS_KEY_ID, systemClock),
  files: objectStore(env.ARRIVALS_BUCKET),
  queues: { webhooks: workQueue(env.WEBHOOKS_QUEUE_URL), work: workQueue(env.WORK_QUEUE_URL) },
  queue: workQueue(env.BOOKING_IMPORT_QUEUE_URL),
  clock: systemClock,
  log: functionLog(),
  ulid: prefixedUlid,
};

export const handler = defineQueueFunction((message) => {
  const work = workMessage.parse(message);
  return workOnImport(deps, new TenantScope(table, work.empresa_id), work);
});
