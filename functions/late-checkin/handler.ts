import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { systemClock } from '../../shared/platform/clock/clock.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { documentClient } from '../../shared/platform/dynamo/document-client.ts';
import { Table } from '../../shared/platform/dynamo/table.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { functionLog } from '../../shared/platform/log/log.ts';
import { workQueue } from '../../shared/platform/queue/work-queue.ts';
import { objectStore } from '../../shared/platform/storage/object-store.ts';
import { lateCheckinEnvironment } from './env.ts';
import { runLateCheckin } from './operations/run-late-checkin.ts';

const env = readEnvironment(lateCheckinEnvironment);
const deps = {
  table: new Table(documentClient(), env.TABLE_NAME),
  keys: tenantKeys(env.KMS_KEY_ID, systemClock),
  queue: workQueue(env.WORK_QUEUE_URL),
  drops: objectStore(env.ARRIVALS_BUCKET),
  clock: systemClock,
  ids: randomIds,
  log: functionLog(),
};

export const handler = middy().handler((_event: unknown, { awsRequestId }: Context) =>
  deps.log.within(awsRequestId, () => runLateCheckin(deps)),
);
