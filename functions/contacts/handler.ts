import { ApartmentRepository } from '../../shared/domain/apartment/apartment.repository.ts';
import type { AuditFact } from '../../shared/domain/audit/audit-entry.ts';
import { AuditTrail } from '../../shared/domain/audit/audit-trail.ts';
import { CompanyRepository } from '../../shared/domain/company/company.repository.ts';
import { DEFAULT_ZONE } from '../../shared/domain/company/company.ts';
import { groupContacts } from '../../shared/domain/contact/contact.ts';
import { contactName } from '../../shared/domain/contact/contact-name.ts';
import { type ContactPreferences, DEFAULT_CONTACT_PREFERENCES } from '../../shared/domain/contact/preferences.ts';
import { staysOfReservations } from '../../shared/domain/contact/reservation-stays.ts';
import { ContactSyncRepository } from '../../shared/domain/contact-sync/contact-sync.repository.ts';
import type { TurnDeps } from '../../shared/domain/contact-sync/sync-turn.ts';
import { boundGoogle } from '../../shared/domain/google/bound-google.ts';
import { googleAccounts } from '../../shared/domain/google/google-account.ts';
import { pmsAddresses } from '../../shared/domain/integration/pms-addresses.ts';
import { connectedPms } from '../../shared/domain/pms/connected-pms.ts';
import { SyncLogRepository } from '../../shared/domain/sync-log/sync-log.repository.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import type { Write } from '../../shared/platform/dynamo/table.ts';
import { ok } from '../../shared/platform/http/answers.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import type { Origin } from '../../shared/platform/http/route.ts';
import { textOfPieces } from '../../shared/platform/http/text-pieces.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { callOut } from '../../shared/platform/outbound/outbound-call.ts';
import { workQueue } from '../../shared/platform/queue/work-queue.ts';
import { objectStore } from '../../shared/platform/storage/object-store.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import type { UploadedFile } from '../../shared/platform/upload/upload.ts';
import { uploadsOf } from '../../shared/platform/upload/uploads.ts';
import { contactsEnvironment } from './env.ts';
import { arrivalWindow } from './operations/arrival-window.ts';
import { exportContacts } from './operations/export-contacts.ts';
import { connectedPmsOrRefuse, guestsOfPms } from './operations/pms-guests.ts';
import { listSyncs, readSync } from './operations/read-syncs.ts';
import { savePreferences } from './operations/save-preferences.ts';
import { guestsOfSheet } from './operations/sheet-guests.ts';
import { refuseWithoutGoogle, startSync } from './operations/start-sync.ts';
import { contactsRoutes } from './routes.ts';
import type { DatesBody } from './schemas.ts';

/** What a call leaves to the PMS, so that something is left for Google. */
const PMS_BUDGET_MS = 15_000;

const env = readEnvironment(contactsEnvironment);
const http = httpDeps(env);
const bound = { ...http, keys: http.tenantKeys, ids: randomIds };
const connectGoogle = googleAccounts(boundGoogle(env, bound));
const pms = { addresses: pmsAddresses(env), hosts: env.PARTNER_HOSTS, callOut, budgetMs: PMS_BUDGET_MS };
const connectPms = connectedPms({ ...bound, ...pms });
const queue = workQueue(env.CONTACT_SYNC_QUEUE_URL);

const scopeOf = (actor: Actor) => new TenantScope(http.table, actor.empresaId);
const syncsOf = (actor: Actor) => ({ syncs: new ContactSyncRepository(scopeOf(actor)), clock: http.clock });
const preferencesOf = async (scope: TenantScope) =>
  (await new CompanyRepository(scope).settings('contactos')) ?? DEFAULT_CONTACT_PREFERENCES;

/** What a call about the PMS has to know of its company, by one query. */
async function asked(scope: TenantScope, dates: DatesBody) {
  const found = await new CompanyRepository(scope).findWithSettings('contactos');
  const zone = found?.company.zona_horaria ?? DEFAULT_ZONE;
  const preferences = found?.settings.contactos ?? DEFAULT_CONTACT_PREFERENCES;
  return { window: arrivalWindow(dates, http.clock.now(), zone), preferences };
}

function turnDeps(scope: TenantScope, preferences: ContactPreferences): TurnDeps {
  const log = new SyncLogRepository(scope);
  return {
    ...bound,
    scope,
    connectGoogle,
    queue,
    logging: (entry) => log.additionOf(entry),
    nameOf: (contact) => contactName(contact, preferences),
  };
}

async function syncFromPms(actor: Actor, dates: DatesBody) {
  const scope = scopeOf(actor);
  const { window, preferences } = await asked(scope, dates);
  const deps = turnDeps(scope, preferences);
  await refuseWithoutGoogle(deps);
  const client = await connectedPmsOrRefuse(connectPms, scope);
  const source = { origen: 'pms', desde: window.from, hasta: window.to } as const;
  return startSync(deps, actor, source, async () => {
    const reservations = await client.listReservations(window);
    return { total: reservations.length, contacts: await groupContacts(staysOfReservations(reservations)) };
  });
}

async function syncFromSheet(actor: Actor, file: UploadedFile) {
  const scope = scopeOf(actor);
  const preferences = await preferencesOf(scope);
  const deps = turnDeps(scope, preferences);
  await refuseWithoutGoogle(deps);
  const apartments = new ApartmentRepository(scope);
  const contacts = await groupContacts(guestsOfSheet({ apartments }, file, preferences));
  return startSync(deps, actor, { origen: 'xlsx' }, async () => ({ total: contacts.length, contacts }));
}

async function exportFromPms(actor: Actor, dates: DatesBody) {
  const scope = scopeOf(actor);
  const { window, preferences } = await asked(scope, dates);
  const client = await connectedPmsOrRefuse(connectPms, scope);
  return exportContacts(await guestsOfPms(client, window), preferences);
}

async function exportFromSheet(actor: Actor, file: UploadedFile) {
  const scope = scopeOf(actor);
  const preferences = await preferencesOf(scope);
  return exportContacts(guestsOfSheet({ apartments: new ApartmentRepository(scope) }, file, preferences), preferences);
}

function saving(actor: Actor, { address }: Origin) {
  const scope = scopeOf(actor);
  const by = { actor, address, now: http.clock.now() };
  const commit = (fact: AuditFact, writes: readonly Write[]) => new AuditTrail(scope).commit(by, fact, writes);
  return { companies: new CompanyRepository(scope), commit };
}

export const handler = defineHttpFunction(
  contactsRoutes,
  {
    leerPreferenciasContactos: async ({ actor }) => ok({ preferencias: await preferencesOf(scopeOf(actor)) }),
    guardarPreferenciasContactos: ({ actor, body, origin }) => savePreferences(saving(actor, origin), body),
    sincronizarContactos: ({ actor, body }) => syncFromPms(actor, body),
    sincronizarContactosXlsx: ({ actor, upload }) => syncFromSheet(actor, upload),
    listarSincronizacionesContactos: ({ actor, query }) => listSyncs(syncsOf(actor), query),
    leerSincronizacionContactos: ({ actor, params }) => readSync(syncsOf(actor), params.id),
    exportarContactos: ({ actor, body }) => exportFromPms(actor, body),
    exportarContactosXlsx: ({ actor, upload }) => exportFromSheet(actor, upload),
  },
  { ...http, uploads: uploadsOf(objectStore(env.EXPORTS_BUCKET)), textOfPieces },
);
