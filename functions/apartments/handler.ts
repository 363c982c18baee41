import { ApartmentRepository, type CommitApartment } from '../../shared/domain/apartment/apartment.repository.ts';
import { apartmentFact } from '../../shared/domain/apartment/apartment-audit.ts';
import { ApartmentImportRepository } from '../../shared/domain/apartment-import/apartment-import.repository.ts';
import type { AuditFact } from '../../shared/domain/audit/audit-entry.ts';
import { AuditTrail } from '../../shared/domain/audit/audit-trail.ts';
import { CompanyRepository } from '../../shared/domain/company/company.repository.ts';
import { SyncLogRepository } from '../../shared/domain/sync-log/sync-log.repository.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import type { Write } from '../../shared/platform/dynamo/table.ts';
import { ok } from '../../shared/platform/http/answers.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { loading, type Origin } from '../../shared/platform/http/route.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { objectStore } from '../../shared/platform/storage/object-store.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { uploadsOf } from '../../shared/platform/upload/uploads.ts';
import { apartmentsEnvironment } from './env.ts';
import { changeApartment } from './operations/change-apartment.ts';
import { createApartment } from './operations/create-apartment.ts';
import { deleteApartment } from './operations/delete-apartment.ts';
import { importApartments } from './operations/import-apartments.ts';
import { listApartments } from './operations/list-apartments.ts';
import { previewImport } from './operations/preview-import.ts';
import { readApartment } from './operations/read-apartment.ts';
import { readTemplate } from './operations/read-template.ts';
import { revertImport } from './operations/revert-import.ts';
import { showApartment } from './operations/show-apartment.ts';
import { apartmentsRoutes } from './routes.ts';

const env = readEnvironment(apartmentsEnvironment);
const http = { ...httpDeps(env), uploads: uploadsOf(objectStore(env.EXPORTS_BUCKET)) };

function depsOf({ empresaId }: Actor) {
  const scope = new TenantScope(http.table, empresaId);
  return {
    scope,
    apartments: new ApartmentRepository(scope),
    imports: new ApartmentImportRepository(scope),
    syncLog: new SyncLogRepository(scope),
    columns: () => new CompanyRepository(scope).settings('xlsx_apartamentos'),
    clock: http.clock,
    ids: randomIds,
  };
}

/** What writing needs besides: every write is told in the audit trail. */
function writingDepsOf({ actor, origin }: { readonly actor: Actor; readonly origin: Origin }) {
  const deps = depsOf(actor);
  const trail = new AuditTrail(deps.scope);
  const commit = (fact: AuditFact, writes: readonly Write[]) =>
    trail.commit({ actor, address: origin.address, now: http.clock.now() }, fact, writes);
  type Accion = Parameters<typeof apartmentFact>[0];
  const committing =
    (accion: Accion): CommitApartment =>
    ({ before, after }, writes) =>
      commit(apartmentFact(accion, before, after), writes);
  return { ...deps, commit, committing };
}

export const handler = defineHttpFunction(
  apartmentsRoutes,
  {
    listarApartamentos: ({ actor, query }) => listApartments(depsOf(actor), query),
    leerApartamento: async ({ actor, params }) => showApartment(await readApartment(depsOf(actor), params.id)),
    crearApartamento: (request) => createApartment(writingDepsOf(request), request.actor.empresaId, request.body),
    cambiarApartamento: loading(async ({ actor, params }) => {
      const { id } = await readApartment(depsOf(actor), params.id);
      return (request) => changeApartment(writingDepsOf(request), id, request);
    }),
    borrarApartamento: (request) => deleteApartment(writingDepsOf(request), request.params.id),
    importarApartamentos: ({ actor, origin, upload, body }) =>
      importApartments(writingDepsOf({ actor, origin }), {
        empresaId: actor.empresaId,
        usuarioId: actor.userId,
        upload,
        vistaPrevia: body.vista_previa,
      }),
    previsualizarApartamentos: ({ actor, upload }) => previewImport(depsOf(actor), actor.empresaId, upload),
    plantillaApartamentos: () => readTemplate(new URL('./', import.meta.url)),
    listarImportacionesApartamentos: async ({ actor, query }) => {
      const { items, cursor } = await depsOf(actor).imports.list(query);
      return ok({ importaciones: [...items], siguiente: cursor });
    },
    deshacerImportacionApartamentos: (request) => revertImport(writingDepsOf(request), request.params.id),
  },
  http,
);
