import { committingChanges } from '../../shared/composition/committing-changes.ts';
import { photoWorldOf } from '../../shared/composition/photo-world-of.ts';
import { editableTask } from '../../shared/domain/photo/photo-access.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { nextNumbers } from '../../shared/platform/dynamo/counter.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { receiveForm } from '../../shared/platform/http/receive-form.ts';
import { loading, type Origin } from '../../shared/platform/http/route.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { prefixedUlid } from '../../shared/platform/ids/ulid.ts';
import { workQueue } from '../../shared/platform/queue/work-queue.ts';
import { objectStore } from '../../shared/platform/storage/object-store.ts';
import { signedAddresses } from '../../shared/platform/storage/signed-address.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { photoUploadsEnvironment } from './env.ts';
import { createPhoto, type UploadingDeps } from './operations/create-photo.ts';
import { uploadChecklistPhoto } from './operations/upload-checklist-photo.ts';
import { photoUploadsRoutes } from './routes.ts';

const env = readEnvironment(photoUploadsEnvironment);
const http = httpDeps(env);
const queues = { webhooks: workQueue(env.WEBHOOKS_QUEUE_URL), work: workQueue(env.WORK_QUEUE_URL) };
const store = objectStore(env.PHOTOS_BUCKET);
const addressOf = signedAddresses(env.PHOTOS_BUCKET, http.clock);

function depsOf({ actor, origin }: { readonly actor: Actor; readonly origin: Origin }): UploadingDeps {
  const scope = new TenantScope(http.table, actor.empresaId);
  const now = http.clock.now();
  const commit = committingChanges({ keys: http.tenantKeys, ulid: prefixedUlid, queues, log: http.log }, scope);
  const by = { actor, address: origin.address, now };
  return {
    actor,
    author: actor,
    now,
    store,
    ids: randomIds,
    view: { empresaId: actor.empresaId, addressOf },
    ...photoWorldOf(scope, http.tenantKeys),
    nextId: () => nextNumbers(scope, 'photo', 1),
    commit: (fact, writes, events) => commit(by, fact, writes, events),
  };
}

export const handler = defineHttpFunction(
  photoUploadsRoutes,
  {
    createPhoto: loading(async (request) => {
      const deps = depsOf(request);
      const found = await editableTask(deps, request.params.task_id);
      return ({ body }) => createPhoto(deps, found, body);
    }),
    uploadChecklistPhoto: (request) => uploadChecklistPhoto(depsOf(request), request.body),
  },
  { ...http, receiveForm },
);
