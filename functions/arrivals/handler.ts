import { ApartmentRepository } from '../../shared/domain/apartment/apartment.repository.ts';
import { FeedStateRepository } from '../../shared/domain/arrival-feed/feed-state.repository.ts';
import type { FeedDeps } from '../../shared/domain/arrival-feed/tenant-feeds.ts';
import { StoredArrivalRepository } from '../../shared/domain/arrival-import/stored-arrival.repository.ts';
import { AuditTrail } from '../../shared/domain/audit/audit-trail.ts';
import { BookingRepository } from '../../shared/domain/booking/booking.repository.ts';
import { listArrivingOn } from '../../shared/domain/booking/list-arriving.ts';
import { CompanyRepository } from '../../shared/domain/company/company.repository.ts';
import { pmsAddresses } from '../../shared/domain/integration/pms-addresses.ts';
import { connectedPms } from '../../shared/domain/pms/connected-pms.ts';
import { PropertyRepository } from '../../shared/domain/property/property.repository.ts';
import { type CommitTemplate, TemplateRepository } from '../../shared/domain/template/template.repository.ts';
import { templateFact } from '../../shared/domain/template/template-audit.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { ok } from '../../shared/platform/http/answers.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import type { Origin } from '../../shared/platform/http/route.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { callOut } from '../../shared/platform/outbound/outbound-call.ts';
import { objectStore } from '../../shared/platform/storage/object-store.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { uploadsOf } from '../../shared/platform/upload/uploads.ts';
import { arrivalsEnvironment } from './env.ts';
import { changeTemplate } from './operations/change-template.ts';
import { createTemplate } from './operations/create-template.ts';
import { readCheckins } from './operations/read-checkins.ts';
import { readStatus } from './operations/read-status.ts';
import { removeTemplate } from './operations/remove-template.ts';
import { arrivalsRoutes } from './routes.ts';

/** A PMS has this long; then there is time left to answer with what the others know. */
const PMS_BUDGET_MS = 20_000;

const env = readEnvironment(arrivalsEnvironment);
const http = { ...httpDeps(env), uploads: uploadsOf(objectStore(env.EXPORTS_BUCKET)) };
const { clock, log, tenantKeys: keys } = http;
const pms = { addresses: pmsAddresses(env), hosts: env.PARTNER_HOSTS, callOut, budgetMs: PMS_BUDGET_MS };
const connectPms = connectedPms({ ...pms, keys, clock, ids: randomIds });

const scopeOf = (actor: Actor) => new TenantScope(http.table, actor.empresaId);

/** Changes of templates, which the audit trail tells. */
function writing({ actor, origin }: { readonly actor: Actor; readonly origin: Origin }) {
  const scope = scopeOf(actor);
  const at = clock.now();
  const trail = new AuditTrail(scope);
  const committing =
    (accion: Parameters<typeof templateFact>[0]): CommitTemplate =>
    ({ before, after }, writes) =>
      trail.commit({ actor, address: origin.address, now: at }, templateFact(accion, before, after), writes);
  return { templates: new TemplateRepository(scope), committing, ids: randomIds, now: at.toISOString() };
}

function reading(actor: Actor) {
  const scope = scopeOf(actor);
  const now = clock.now();
  const dataKey = () => keys.dataKey(scope, 'guest-data');
  const bookings = new BookingRepository({ scope, guestKey: dataKey, now });
  const properties = new PropertyRepository(scope);
  const feeds = (zone: string): FeedDeps => ({
    drops: new StoredArrivalRepository(scope),
    dataKey,
    bookingsOn: (day) => listArrivingOn({ bookings, properties, zone }, day),
    connectPms: () => connectPms(scope),
    now,
  });
  return {
    company: new CompanyRepository(scope),
    apartments: new ApartmentRepository(scope),
    templates: new TemplateRepository(scope),
    feedStates: new FeedStateRepository(scope),
    feeds,
    now,
    log,
  };
}

export const handler = defineHttpFunction(
  arrivalsRoutes,
  {
    estadoLlegadas: ({ actor, query }) => readStatus(reading(actor), query),
    leerLlegadasXlsx: ({ actor, upload }) => readCheckins(reading(actor), upload),
    listarPlantillasTardias: async ({ actor }) =>
      ok({ plantillas: [...(await new TemplateRepository(scopeOf(actor)).listLateCheckin())] }),
    crearPlantillaTardia: (request) => createTemplate(writing(request), request.actor.empresaId, request.body),
    cambiarPlantillaTardia: (request) => changeTemplate(writing(request), request.params.id, request.body),
    borrarPlantillaTardia: (request) => removeTemplate(writing(request), request.params.id),
  },
  http,
);
