import middy from '@middy/core';
import type { Context, S3Event } from 'aws-lambda';
import { systemClock } from '../../shared/platform/clock/clock.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { functionLog } from '../../shared/platform/log/log.ts';
import { objectStore } from '../../shared/platform/storage/object-store.ts';
import { connectTable } from '../../shared/platform/tenant/connect-table.ts';
import { importArrivalsEnvironment } from './env.ts';
import { importEvent } from './operations/import-event.ts';

const env = readEnvironment(importArrivalsEnvironment);
const deps = {
  table: connectTable(env),
  keys: tenantKeys(env.KMS_KEY_ID, systemClock),
  drops: objectStore(env.ARRIVALS_BUCKET),
  clock: systemClock,
  log: functionLog(),
};

export const handler = middy<S3Event, void>().handler((event: S3Event, { awsRequestId }: Context) =>
  deps.log.within(awsRequestId, () => importEvent(deps, event)),
);
