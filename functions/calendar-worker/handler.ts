import { systemClock } from '../../shared/platform/clock/clock.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { prefixedUlid } from '../../shared/platform/ids/ulid.ts';
import { functionLog } from '../../shared/platform/log/log.ts';
import { publicTargets } from '../../shared/platform/outbound/public-target.ts';
import { defineQueueFunction } from '../../shared/platform/queue/queue-function.ts';
import { workMessage, workQueue } from '../../shared/platform/queue/work-queue.ts';
import { connectTable } from '../../shared/platform/tenant/connect-table.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { calendarWorkerEnvironment } from './env.ts';
import { pollFeed } from './operations/poll-feed.ts';

const env = readEnvironment(calendarWorkerEnvironment);
const table = connectTable(env);
const deps = {
  keys: tenantKeys(env.KMS_KEY_ID, systemClock),
  targets: publicTargets(env.PRIVATE_TARGETS),
  queues: { webhooks: workQueue(env.WEBHOOKS_QUEUE_URL), work: workQueue(env.WORK_QUEUE_URL) },
  clock: systemClock,
  log: functionLog(),
  ulid: prefixedUlid,
  random: Math.random,
};

export const handler = defineQueueFunction((message) => {
  const { empresa_id, outbox_id } = workMessage.parse(message);
  return pollFeed(deps, new TenantScope(table, empresa_id), outbox_id);
});
