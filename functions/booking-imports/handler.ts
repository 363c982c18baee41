import { bookingWriterOf } from '../../shared/composition/booking-writer-of.ts';
import { committingChanges } from '../../shared/composition/committing-changes.ts';
import { BookingImportRepository } from '../../shared/domain/booking-import/booking-import.repository.ts';
import { CompanyRepository } from '../../shared/domain/company/company.repository.ts';
import { OutboxRepository } from '../../shared/domain/outbox/outbox.repository.ts';
import { PropertyRepository } from '../../shared/domain/property/property.repository.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { nextNumbers } from '../../shared/platform/dynamo/counter.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { loading, type Origin } from '../../shared/platform/http/route.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { prefixedUlid } from '../../shared/platform/ids/ulid.ts';
import { workQueue } from '../../shared/platform/queue/work-queue.ts';
import { objectStore } from '../../shared/platform/storage/object-store.ts';
import { presignedForms } from '../../shared/platform/storage/presigned-form.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { uploadsOf } from '../../shared/platform/upload/uploads.ts';
import { bookingImportsEnvironment } from './env.ts';
import { acceptImport } from './operations/accept-import.ts';
import { foundImport, type ImportDeps } from './operations/import-deps.ts';
import { listImports } from './operations/list-imports.ts';
import { prepareUpload } from './operations/prepare-upload.ts';
import { readTemplate } from './operations/read-template.ts';
import { resolveConflicts } from './operations/resolve-conflicts.ts';
import { showImport } from './operations/show-import.ts';
import { undoImport } from './operations/undo-import.ts';
import { bookingImportsRoutes } from './routes.ts';

const env = readEnvironment(bookingImportsEnvironment);
const http = { ...httpDeps(env), uploads: uploadsOf(objectStore(env.EXPORTS_BUCKET)) };
const files = objectStore(env.ARRIVALS_BUCKET);
const queues = {
  webhooks: workQueue(env.WEBHOOKS_QUEUE_URL),
  work: workQueue(env.WORK_QUEUE_URL),
  'booking-import': workQueue(env.BOOKING_IMPORT_QUEUE_URL),
};
const staging = { presign: presignedForms(env.EXPORTS_BUCKET), clock: http.clock, ids: randomIds };

function depsOf({ actor, origin }: { readonly actor: Actor; readonly origin: Origin }): ImportDeps {
  const scope = new TenantScope(http.table, actor.empresaId);
  const now = http.clock.now();
  const guestKey = () => http.tenantKeys.dataKey(scope, 'guest-data');
  const commit = committingChanges({ keys: http.tenantKeys, ulid: prefixedUlid, queues, log: http.log }, scope);
  const outbox = new OutboxRepository(scope);
  const by = { actor, address: origin.address, now };
  return {
    actor,
    now,
    guestKey,
    files,
    imports: new BookingImportRepository({ scope, guestKey, now }),
    bookings: bookingWriterOf({ scope, guestKey, now }),
    properties: new PropertyRepository(scope),
    company: new CompanyRepository(scope),
    nextNumbers: (name, count) => nextNumbers(scope, name, count),
    commit(writes, { fact, events = [], work }) {
      if (work === undefined) return commit(by, fact, writes, events);
      const id = `${work.import_id}.${work.version}`;
      const content = { import_id: work.import_id };
      const entry = outbox.additionOf({ id, kind: 'booking-import', content }, now);
      return commit(by, fact, [...writes, entry], events);
    },
  };
}

export const handler = defineHttpFunction(
  bookingImportsRoutes,
  {
    importBookings: (request) => acceptImport(depsOf(request), request),
    listBookingImports: (request) => listImports(depsOf(request), request.query),
    prepareBookingUpload: ({ actor, body }) => prepareUpload(staging, actor.empresaId, body),
    bookingImportTemplate: ({ query }) => readTemplate(new URL('./', import.meta.url), query.match_properties === true),
    readBookingImport: (request) => showImport(depsOf(request), request.params.id, request.query.conflicts_from),
    resolveBookingImport: loading(async (request) => {
      const deps = depsOf(request);
      const { import_id } = await foundImport(deps, request.params.id);
      return ({ body }) => resolveConflicts(deps, import_id, body.resolutions);
    }),
    undoBookingImport: (request) => undoImport(depsOf(request), request.params.id),
  },
  http,
);
