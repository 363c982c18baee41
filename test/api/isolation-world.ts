import { arrivalImportKey } from '../../shared/domain/arrival-import/arrival-import.keys.ts';
import { AuditTrail } from '../../shared/domain/audit/audit-trail.ts';
import { KeptStayRepository } from '../../shared/domain/calendar-feed/kept-stay.repository.ts';
import { EventLog } from '../../shared/domain/event/event-log.ts';
import type { User } from '../../shared/domain/identity/user.ts';
import { lateRunKey } from '../../shared/domain/late-run/late-run.keys.ts';
import { NotificationRepository } from '../../shared/domain/notification/notification.repository.ts';
import { OutboxRepository } from '../../shared/domain/outbox/outbox.repository.ts';
import { MOST_ATTEMPTS } from '../../shared/domain/outbox/outbox-entry.ts';
import { PhotoRepository } from '../../shared/domain/photo/photo.repository.ts';
import { EMPTY_ALBUM } from '../../shared/domain/photo/photo-album.ts';
import { SyncLogRepository } from '../../shared/domain/sync-log/sync-log.repository.ts';
import { TemplateRepository } from '../../shared/domain/template/template.repository.ts';
import { DeliveryRepository } from '../../shared/domain/webhook/delivery.repository.ts';
import { HandOutRepository } from '../../shared/domain/webhook/hand-out.repository.ts';
import { systemClock } from '../../shared/platform/clock/clock.ts';
import { tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { nextNumbers } from '../../shared/platform/dynamo/counter.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { prefixedUlid } from '../../shared/platform/ids/ulid.ts';
import { functionLog } from '../../shared/platform/log/log.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { givenKept } from '../support/given-calendars.ts';
import { Google, syncContacts } from '../support/google.ts';
import { bookingCreated } from '../support/sample-events.ts';
import type { TestCloud } from '../support/test-cloud.ts';
import { type ImportedApartments, importedApartments } from './isolation-apartments.ts';
import { type ImportedBookings, importedBookings } from './isolation-bookings.ts';

/** In every text of the victim: wherever it shows, something has leaked. */
const CANARY = 'canario7f3a';
const STAMP = '2026-05-01T10:00:00+00:00';
const PHOTO_STAMP = '2026-05-01T10:00:00Z';

const SYNC = {
  origen: 'pms',
  estado: 'error',
  proveedor: 'smoobu',
  num_registros: null,
  recuentos: {},
  duracion_ms: 1,
  usuario_id: null,
  detalle: CANARY,
} as const;

/** A company with something of everything. */
export interface Victim extends ImportedApartments, ImportedBookings {
  readonly companyId: string;
  readonly companyEmail: string;
  /** Address of its admin. */
  readonly email: string;
  readonly userIds: readonly string[];
  /** Its template, of the late check-in tool. */
  readonly templateId: string;
  /** The mail of a run, given up. */
  readonly deliveryId: string;
  /** Its property and its booking: integers that count from 1 in every company. */
  readonly propertyId: number;
  readonly bookingId: number;
  /** Its task, with a checklist of its template and a photo of the same number. */
  readonly taskId: number;
  readonly checklistTemplateId: number;
  /** It has made a task of the booking. */
  readonly autoTaskTemplateId: number;
  /** Every id that one of its rows has. */
  readonly ids: readonly string[];
  /** Integers of its users, greater than any that a stranger's company has. */
  readonly numbers: readonly string[];
  /** Integers of its invites, likewise. */
  readonly inviteIds: readonly string[];
  /** A refresh token of its admin. */
  readonly refresh: string;
  /** Its admin, signed in. */
  readonly client: ApiClient;
}

/** Builds the victim through repositories and routes; every collection of the table gets a row of it. */
export async function aVictim(cloud: TestCloud): Promise<Victim> {
  const companyEmail = `empresa@${CANARY}.example.com`;
  const company = await cloud.given.aCompany({ nombre: `Empresa ${CANARY}`, email: companyEmail });
  const scope = new TenantScope(cloud.table, company.id);
  // Integers are each company's own: the victim's are out of the way of the strangers'.
  await Promise.all(['user', 'invite'].map((name) => nextNumbers(scope, name, 1_000)));
  const [admin, ...others] = await Promise.all(
    (['admin', 'manager', 'member', 'viewer'] as const).map((role) =>
      cloud.given.aUser(company, { role, email: `${role}@${CANARY}.example.com`, username: `${role}.${CANARY}` }),
    ),
  );
  if (admin === undefined) throw new Error('A victim has an admin');
  await cloud.given.anApartment(company, { nombre: `Casa ${CANARY}`, id_pms: `pms-${CANARY}` });
  await cloud.given.lateCheckin(company);
  const template = { id: randomIds.uuid(), empresa_id: company.id, nombre: CANARY, contenido: `Hola ${CANARY}` };
  const kind = {
    idioma: 'es',
    categoria: 'CHECKIN_TARDIO',
    activa: true,
    created_at: STAMP,
    updated_at: STAMP,
  } as const;
  await new TemplateRepository(scope).save({ ...template, ...kind });
  await new NotificationRepository(scope).addOnce(
    ['a', 'b'].map((occasion) => {
      const told = { verb: 'late_arrival', message: `Casa ${CANARY}`, task_title: CANARY } as const;
      return { ...told, recipient: admin.id, occasion: `${CANARY}-${occasion}` };
    }),
    systemClock.now(),
  );
  const listed = await listedRows(cloud, company.id);
  const client = await cloud.client.signIn(admin.email, PASSWORD);
  await client.write('PUT', '/api/perfil/integraciones/pms', { proveedor: 'smoobu', api_key: `${CANARY}:secret` });
  await client.write('PUT', '/api/perfil/integraciones/ia', { proveedor: 'gemini', modelo: CANARY, api_key: CANARY });
  await client.write('POST', `/api/vault/plantillas/${template.id}/mejoras`, { contenido: CANARY, idioma: 'es' });
  const syncs = await syncedContacts(cloud, client);
  const stay = await aStay(client);
  const imports = await importedBookings(cloud, client, { propertyId: stay.propertyId, canary: CANARY });
  const calendars = await calendarRows(cloud, scope, client, stay.propertyId);
  const deliveryId = await failedDelivery(scope);
  const webhooks = await webhookRows(scope, client);
  const catalogue = await importedApartments(scope, client, CANARY);
  const userIds = [admin, ...others].map(({ id }) => id);
  const dwellings = [...catalogue.apartmentIds, ...catalogue.apartmentImportIds];
  const ids = [company.id, ...userIds, ...dwellings, template.id, ...listed, ...webhooks, ...syncs, deliveryId];
  await aPhoto(scope, stay.taskId);
  const texts = { companyEmail, email: admin.email, templateId: template.id, deliveryId };
  return {
    companyId: company.id,
    userIds,
    ids: [...ids, ...calendars],
    client,
    ...texts,
    ...catalogue,
    ...stay,
    ...imports,
    ...(await keysOf(client, [admin, ...others])),
  };
}

/** A photo of a task that has the number of the task, and one that is to come. */
async function aPhoto(scope: TenantScope, id: number): Promise<void> {
  const photos = photosOf(scope);
  const about = {
    task_id: id,
    photo_type: 'general',
    description: CANARY,
    name: CANARY,
    checklist_response: null,
  } as const;
  const by = { uploaded_by: 1, uploaded_by_username: CANARY };
  const stored = { format: 'webp', size_bytes: 1, width: 1, height: 1, original_size_bytes: 1 } as const;
  const photo = {
    ...about,
    ...by,
    ...stored,
    id,
    photo_status: 'pending',
    sequence_number: 1,
    uploaded_at: PHOTO_STAMP,
  } as const;
  await scope.table.transact(await photos.writesOf(id, EMPTY_ALBUM, { album: EMPTY_ALBUM, put: photo }));
  await photos.announce(
    { ...about, ...by, id: id + 1, as_primary: false },
    new Date(systemClock.now().getTime() + 3_600_000),
  );
}

function photosOf(scope: TenantScope): PhotoRepository {
  const keys = tenantKeys('alias/stay-ops-local', systemClock);
  return new PhotoRepository({ scope, guestKey: () => keys.dataKey(scope, 'guest-data') });
}

/** A Google account with a contact, a consent under way, and two syncs of contacts; answers the ids of the syncs. */
async function syncedContacts(cloud: TestCloud, client: ApiClient): Promise<readonly string[]> {
  const google = new Google(cloud);
  const contact = { givenName: CANARY, phoneNumbers: [{ value: '+34600999888' }] };
  await google.connect(client, google.anAccount(`agenda@${CANARY}.example.com`, [contact]));
  await client.get('/api/contactos/google/auth');
  const ids: string[] = [];
  for (const guest of ['uno', 'dos']) {
    const { body } = await syncContacts(client, [[`${CANARY} ${guest}`, '600999888']]);
    ids.push(String((body.sincronizacion as { id: string }).id));
  }
  return ids;
}

/** What leads to the victim's people beside their ids: integers, a refresh token, an invite. */
async function keysOf(
  client: ApiClient,
  people: readonly User[],
): Promise<Pick<Victim, 'numbers' | 'refresh' | 'inviteIds'>> {
  const credentials = { username: people[0]?.username, password: PASSWORD };
  const { body } = await client.call('POST', '/api/token/', { body: credentials });
  const made = await client.call('POST', '/api/admin/create-invite-code/', { body: { notes: CANARY } });
  return {
    numbers: people.map(({ number }) => String(number)),
    refresh: String(body.refresh),
    inviteIds: [String(made.body.id)],
  };
}

/** A property with a unit, a booking of it, and a task with its checklist. */
async function aStay(
  client: ApiClient,
): Promise<Pick<Victim, 'propertyId' | 'bookingId' | 'taskId' | 'checklistTemplateId' | 'autoTaskTemplateId'>> {
  const home = { name: `Casa ${CANARY}`, address: CANARY, units: [{ unit_number: CANARY, external_ref: CANARY }] };
  const property = await client.call('POST', '/api/properties/', { body: home });
  const propertyId = Number(property.body.id);
  const automatic = { name: CANARY, title_template: `{guest_name} ${CANARY}`, description_template: CANARY };
  const auto = await client.call('POST', '/api/auto-task-templates/', { body: automatic });
  const dates = { check_in_date: '2026-07-01', check_out_date: '2026-07-03' };
  const guest = { guest_name: CANARY, guest_contact: CANARY, external_code: CANARY };
  const booking = await client.call('POST', '/api/bookings/', { body: { property: propertyId, ...dates, ...guest } });
  const items = [{ title: CANARY, description: CANARY }];
  const list = { name: CANARY, task_type: 'cleaning', items };
  const template = await client.call('POST', '/api/checklists/create/', { body: list });
  const bookingId = Number(booking.body.id);
  const texts = { title: CANARY, description: CANARY, notes: CANARY, due_date: '2099-07-03' };
  const task = await client.call('POST', '/api/tasks/', { body: { ...texts, booking: bookingId } });
  const checklistTemplateId = Number(template.body.template_id);
  const autoTaskTemplateId = Number(auto.body.id);
  return { propertyId, bookingId, taskId: Number(task.body.id), checklistTemplateId, autoTaskTemplateId };
}

/** A feed that is not read while these tests compare rows, a stay of it, and an address; answers their ids. */
async function calendarRows(
  cloud: TestCloud,
  scope: TenantScope,
  client: ApiClient,
  property: number,
): Promise<readonly string[]> {
  const wanted = { property, name: CANARY, url: `http://127.0.0.1:9/${CANARY}.ics` };
  const feed = String((await client.call('POST', '/api/calendar-feeds/', { body: wanted })).body.id);
  const link = await client.call('POST', '/api/calendar-links/', { body: { property, name: CANARY } });
  await cloud.cloud.drain();
  const keys = tenantKeys('alias/stay-ops-local', systemClock);
  const stays = new KeptStayRepository(scope, () => keys.dataKey(scope, 'guest-data'));
  const stay = givenKept({
    id: prefixedUlid('stay', new Date(STAMP)),
    feed_id: feed,
    guest_name: CANARY,
    code: CANARY,
  });
  await stays.writeAll([await stays.keepingOf(stay, true)]);
  return [feed, String(link.body.id), stay.id];
}

/** An endpoint, an event of the log, its delivery and the cursor of the log; answers their ids. */
async function webhookRows(scope: TenantScope, client: ApiClient): Promise<readonly string[]> {
  const wanted = { url: `https://hooks.${CANARY}.example.com/in`, event_types: ['*'], description: CANARY };
  const endpoint = String((await client.call('POST', '/api/webhooks/endpoints/', { body: wanted })).body.id);
  const keys = tenantKeys('alias/stay-ops-local', systemClock);
  // Nobody is told: a worker would change rows that these tests compare.
  const queue = { send: async () => undefined };
  const now = systemClock.now();
  const events = new EventLog(scope, { keys, ulid: prefixedUlid, queue, log: functionLog() });
  await events.commit([bookingCreated(1, CANARY)], [], now);
  const delivery = { id: prefixedUlid('dlv', now), endpoint, event_type: 'booking.created', event_number: 1 } as const;
  const more = {
    webhook_id: prefixedUlid('msg', now),
    message: null,
    expires_at: Math.floor(now.getTime() / 1000) + 86_400,
  };
  const deliveries = new DeliveryRepository(scope);
  await new HandOutRepository(scope).moveOn(undefined, 1, [deliveries.additionOf({ ...delivery, ...more }, now)]);
  return [endpoint, delivery.id];
}

/** A mail of a scheduled run that was given up, of now because the table deletes what is past its time; answers its id. */
async function failedDelivery(scope: TenantScope): Promise<string> {
  const now = systemClock.now();
  const id = randomIds.next('out', now);
  const mail = { id, kind: 'mail', cause: 'run_1', content: { to: CANARY, subject: CANARY, text: CANARY } } as const;
  const outbox = new OutboxRepository(scope);
  await scope.table.transact([outbox.additionOf(mail, now)]);
  await outbox.release({ ...mail, estado: 'pendiente', attempts: MOST_ATTEMPTS, created_at: STAMP }, now);
  return id;
}

/** Two rows of everything that is listed by pages, so that there is a cursor; answers their ids. */
async function listedRows(cloud: TestCloud, companyId: string): Promise<readonly string[]> {
  const counts = { llegadas: 1, tardias: 1, desconocidas: 0, notificadas: 1 };
  const ids: string[] = [];
  for (const minute of ['00', '15']) {
    const at = `2026-05-01T10:${minute}:00+00:00`;
    const run = { id: randomIds.next('run', new Date(at)), inicio: at, fin: at, fecha_servicio: '2026-05-01' };
    await cloud.table.write({
      kind: 'put',
      item: { ...lateRunKey(companyId, at, run.id), ...run, ...counts, errores: [CANARY] },
    });
    const drop = {
      id: randomIds.next('imp', new Date(at)),
      fichero: `${CANARY}.xlsx`,
      recibido: at,
      estado: 'procesado',
    };
    const rows = { filas: 1, aceptadas: 1, omitidas: 0, advertencias: [], error: null };
    await cloud.table.write({ kind: 'put', item: { ...arrivalImportKey(companyId, at, drop.id), ...drop, ...rows } });
    const fact = { accion: 'prueba.hacer', entidad: 'prueba', entidad_id: CANARY, cambios: {} };
    const origin = { actor: undefined, address: undefined, now: new Date(at) };
    await new AuditTrail(new TenantScope(cloud.table, companyId)).commit(origin, fact, []);
    await new SyncLogRepository(new TenantScope(cloud.table, companyId)).add({
      ...SYNC,
      id: `sync_${minute}`,
      created_at: at,
    });
    ids.push(run.id, drop.id);
  }
  return ids;
}

const IDS =
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b(?:aic|imp|out|run)_[0-9a-z]{29}\b|\b(?:msg|ep|dlv|cal|lnk|stay)_[0-9A-Z]{26}\b|\b[0-9a-f]{64}\b/g;

const idsOfRows = new WeakMap<readonly string[], readonly string[]>();

function idsIn(rows: readonly string[]): readonly string[] {
  const known = idsOfRows.get(rows);
  if (known !== undefined) return known;
  const ids = new Set(rows.flatMap((row) => row.match(IDS) ?? []));
  ids.delete('0'.repeat(64));
  idsOfRows.set(rows, [...ids]);
  return [...ids];
}

/** What of the victim shows in an answer, beyond what the caller has sent. */
export function leaks(answer: string, sent: string, rows: readonly string[]): readonly string[] {
  const found = idsIn(rows).filter((id) => answer.includes(id) && !sent.includes(id));
  // Not one expression for the whole answer: it would try each place of a long one anew.
  const texts = answer.includes(CANARY) ? answer.split('"').filter((text) => text.includes(CANARY)) : [];
  return [...found, ...texts.filter((text) => !sent.includes(text))];
}
