import { photoWorldOf } from '../../shared/composition/photo-world-of.ts';
import { AuditTrail } from '../../shared/domain/audit/audit-trail.ts';
import { enqueueEntriesAmong } from '../../shared/domain/outbox/enqueue-entry.ts';
import { deletePhoto } from '../../shared/domain/photo/edit-photo.ts';
import { editableTask, visibleTask } from '../../shared/domain/photo/photo-access.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { nextNumbers } from '../../shared/platform/dynamo/counter.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { loading, type Origin } from '../../shared/platform/http/route.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { workQueue } from '../../shared/platform/queue/work-queue.ts';
import { objectRemoval } from '../../shared/platform/storage/object-removal.ts';
import { presignedForms } from '../../shared/platform/storage/presigned-form.ts';
import { signedAddresses } from '../../shared/platform/storage/signed-address.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { photosEnvironment } from './env.ts';
import { announcePhoto } from './operations/announce-photo.ts';
import { editPhoto } from './operations/edit-photo.ts';
import { listPhotos } from './operations/list-photos.ts';
import type { PhotoDeps } from './operations/photo-deps.ts';
import { readPhoto } from './operations/read-photo.ts';
import { removeChecklistPhoto } from './operations/remove-checklist-photo.ts';
import { photosRoutes } from './routes.ts';

const env = readEnvironment(photosEnvironment);
const http = httpDeps(env);
const queues = { work: workQueue(env.WORK_QUEUE_URL) };
const store = objectRemoval(env.PHOTOS_BUCKET);
const presign = presignedForms(env.PHOTOS_BUCKET);
const addressOf = signedAddresses(env.PHOTOS_BUCKET, http.clock);

function depsOf({ actor, origin }: { readonly actor: Actor; readonly origin: Origin }): PhotoDeps {
  const scope = new TenantScope(http.table, actor.empresaId);
  const now = http.clock.now();
  const trail = new AuditTrail(scope);
  return {
    actor,
    author: actor,
    now,
    store,
    presign,
    ids: randomIds,
    view: { empresaId: actor.empresaId, addressOf },
    ...photoWorldOf(scope, http.tenantKeys),
    nextId: () => nextNumbers(scope, 'photo', 1),
    // Nothing that happens here is an event of the log (`aristay.md` §8.1).
    async commit(fact, writes) {
      await trail.commit({ actor, address: origin.address, now }, fact, writes);
      await enqueueEntriesAmong({ queues, log: http.log }, actor.empresaId, writes);
    },
  };
}

export const handler = defineHttpFunction(
  photosRoutes,
  {
    listPhotos: (request) => listPhotos(depsOf(request), request.params.task_id, request.query),
    preparePhotoUpload: loading(async (request) => {
      const deps = depsOf(request);
      const found = await editableTask(deps, request.params.task_id);
      return ({ body }) => announcePhoto(deps, found, body);
    }),
    readPhoto: ({ params, ...request }) => readPhoto(depsOf(request), { taskId: params.task_id, id: params.id }),
    editPhoto: loading(async (request) => {
      const deps = depsOf(request);
      const place = { taskId: request.params.task_id, id: request.params.id };
      const found = await visibleTask(deps, place.taskId);
      return ({ body }) => editPhoto(deps, found, place, body);
    }),
    deletePhoto: async ({ params, ...request }) => {
      const deps = depsOf(request);
      await editableTask(deps, params.task_id);
      await deletePhoto(deps, params.task_id, ({ id }) => id === params.id);
      return undefined;
    },
    removeChecklistPhoto: (request) => removeChecklistPhoto(depsOf(request), request.body),
  },
  http,
);
