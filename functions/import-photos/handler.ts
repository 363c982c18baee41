import middy from '@middy/core';
import type { Context, S3Event } from 'aws-lambda';
import { committingChanges } from '../../shared/composition/committing-changes.ts';
import { photoWorldOf } from '../../shared/composition/photo-world-of.ts';
import { stagedPhotoOf } from '../../shared/domain/photo/photo-objects.ts';
import { systemClock } from '../../shared/platform/clock/clock.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { prefixedUlid } from '../../shared/platform/ids/ulid.ts';
import { functionLog } from '../../shared/platform/log/log.ts';
import { workQueue } from '../../shared/platform/queue/work-queue.ts';
import { objectStore } from '../../shared/platform/storage/object-store.ts';
import { signedAddresses } from '../../shared/platform/storage/signed-address.ts';
import { connectTable } from '../../shared/platform/tenant/connect-table.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { importPhotosEnvironment } from './env.ts';
import { type ImportDeps, importPhoto } from './operations/import-photo.ts';

const env = readEnvironment(importPhotosEnvironment);
const table = connectTable(env);
const keys = tenantKeys(env.KMS_KEY_ID, systemClock);
const queues = { webhooks: workQueue(env.WEBHOOKS_QUEUE_URL), work: workQueue(env.WORK_QUEUE_URL) };
const store = objectStore(env.PHOTOS_BUCKET);
const addressOf = signedAddresses(env.PHOTOS_BUCKET, systemClock);
const log = functionLog();

function depsOf(empresaId: string): ImportDeps {
  const scope = new TenantScope(table, empresaId);
  const now = systemClock.now();
  const commit = committingChanges({ keys, ulid: prefixedUlid, queues, log }, scope);
  return {
    now,
    store,
    log,
    view: { empresaId, addressOf },
    ...photoWorldOf(scope, keys),
    // Whoever uploaded it stands in the entry itself.
    commit: (fact, writes, told) => commit({ actor: undefined, address: undefined, now }, fact, writes, told),
  };
}

/** S3 puts one record into an event, but promises nothing; our keys hold no character that it would escape. */
export const handler = middy<S3Event, void>().handler((event: S3Event, { awsRequestId }: Context) =>
  log.within(awsRequestId, async () => {
    for (const { s3 } of event.Records) {
      const staged = stagedPhotoOf(s3.object.key);
      if (staged === undefined) log.warn('PHOTO_IGNORED', { reason: 'key of nobody' });
      else await importPhoto(depsOf(staged.empresaId), staged.id);
    }
  }),
);
