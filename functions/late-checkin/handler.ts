import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { pmsAddresses } from '../../shared/domain/integration/pms-addresses.ts';
import { connectedPms } from '../../shared/domain/pms/connected-pms.ts';
import { systemClock } from '../../shared/platform/clock/clock.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { documentClient } from '../../shared/platform/dynamo/document-client.ts';
import { Table } from '../../shared/platform/dynamo/table.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { functionLog } from '../../shared/platform/log/log.ts';
import { callOut } from '../../shared/platform/outbound/outbound-call.ts';
import { workQueue } from '../../shared/platform/queue/work-queue.ts';
import { objectStore } from '../../shared/platform/storage/object-store.ts';
import { lateCheckinEnvironment } from './env.ts';
import { runLateCheckin } from './operations/run-late-checkin.ts';

const env = readEnvironment(lateCheckinEnvironment);
/** A PMS has this long for a company; a run without its answer goes on with the other sources. */
const PMS_BUDGET_MS = 10_000;

const keys = tenantKeys(env.KMS_KEY_ID, systemClock);
const deps = {
  table: new Table(documentClient(), env.TABLE_NAME),
  keys,
  connectPms: connectedPms({
    addresses: pmsAddresses(env),
    hosts: env.PARTNER_HOSTS,
    keys,
    callOut,
    clock: systemClock,
    ids: randomIds,
    budgetMs: PMS_BUDGET_MS,
  }),
  queue: workQueue(env.WORK_QUEUE_URL),
  drops: objectStore(env.ARRIVALS_BUCKET),
  clock: systemClock,
  ids: randomIds,
  log: functionLog(),
};

export const handler = middy().handler((_event: unknown, { awsRequestId }: Context) =>
  deps.log.within(awsRequestId, () => runLateCheckin(deps)),
);
