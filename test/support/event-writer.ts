import { EventLog } from '../../shared/domain/event/event-log.ts';
import type { NewEvent } from '../../shared/domain/event/event-types.ts';
import { systemClock } from '../../shared/platform/clock/clock.ts';
import { tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { documentClient } from '../../shared/platform/dynamo/document-client.ts';
import { Table, type Write } from '../../shared/platform/dynamo/table.ts';
import { prefixedUlid } from '../../shared/platform/ids/ulid.ts';
import { type WorkQueue, workQueue } from '../../shared/platform/queue/work-queue.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { SILENT } from './bare-deps.ts';
import type { TestCloud } from './test-cloud.ts';

/** Commits events of a company as a function would, with connections and a queue of its own. */
export function eventWriter(cloud: TestCloud, companyId: string, queue: WorkQueue = webhooksQueue(cloud)) {
  const log = new EventLog(new TenantScope(new Table(documentClient(), cloud.table.name), companyId), {
    keys: tenantKeys('alias/stay-ops-local', systemClock),
    ulid: prefixedUlid,
    queue,
    log: SILENT,
  });
  return {
    log,
    commit: (events: readonly NewEvent[], writes: readonly Write[] = []) =>
      log.commit(events, writes, cloud.cloud.now()),
  };
}

export function webhooksQueue(cloud: TestCloud): WorkQueue {
  return workQueue(cloud.cloud.info.queues['stay-ops-local-webhooks'] ?? '');
}
