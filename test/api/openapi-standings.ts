import { DEMO_COMPANY_ID } from '../../infra/local/demo/demo-world.ts';
import { OutboxRepository } from '../../shared/domain/outbox/outbox.repository.ts';
import { MOST_ATTEMPTS } from '../../shared/domain/outbox/outbox-entry.ts';
import { toOffsetIso } from '../../shared/platform/clock/clock.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import {
  aTask,
  connectPms,
  done,
  type ExampleWorld,
  type Standing,
  signInDemo,
  stagedFor,
  tokensOf,
} from '../support/example-world.ts';
import { sampleForm, unique } from '../support/sample-files.ts';

type Prepare = (world: ExampleWorld) => Promise<Standing>;
type Json = Readonly<Record<string, unknown>>;

const idOf = (thing: unknown): string => String((thing as { id: unknown }).id);
const params = (id: string): Standing => ({ params: { id } });
/** A captcha counts once. */
const captcha: Prepare = async () => ({ body: { turnstile_token: `token-${unique()}` } });

const aCompany: Prepare = async ({ client }) => {
  const body = { nombre: 'Costa', email: `costa${unique()}@example.com` };
  return params(idOf((await done(client.write('POST', '/api/empresas', body))).empresa));
};

const aUser: Prepare = async ({ client }) => {
  const body = { email: `nuevo${unique()}@staysidekick.es`, rol: 'operativo' };
  return params(idOf((await done(client.write('POST', '/api/usuarios', body))).usuario));
};

const anInvite = ({ client }: ExampleWorld): Promise<Json> =>
  done(client.call('POST', '/api/admin/create-invite-code/', { body: { role: 'member', task_group: 'cleaning' } }));

const anEndpoint: Prepare = async ({ client }) => {
  const body = { url: 'http://127.0.0.1:9/hooks', event_types: ['*'] };
  return params(idOf(await done(client.call('POST', '/api/webhooks/endpoints/', { body }))));
};

const anAutoTaskTemplate: Prepare = async ({ client }) => {
  const body = { name: 'Before arrival', title_template: 'Prepare {property}', is_active: false };
  return params(idOf(await done(client.call('POST', '/api/auto-task-templates/', { body }))));
};

const aDelivery: Prepare = async (world) => {
  const id = (await anEndpoint(world)).params?.id;
  const { delivery_id } = await done(world.client.call('POST', `/api/webhooks/endpoints/${id}/test/`));
  await world.cloud.cloud.drain();
  return params(String(delivery_id));
};

/** The workbook that the call brings is staged for it already. */
const workbook =
  (proposito: Parameters<typeof stagedFor>[1]): Prepare =>
  async (world) => ({ body: { subida_id: await stagedFor(world, proposito) } });

const heatmapWorkbook: Prepare = async (world) => {
  const columns = { col_fecha_checkin: 'C', col_fecha_checkout: 'D' };
  await done(world.client.write('PUT', '/api/heatmap/config-xlsx', columns));
  return workbook('heatmap')(world);
};

const aTemplate =
  (path: string): Prepare =>
  async ({ client }) => {
    const body = { nombre: 'Aviso', contenido: 'Hola' };
    return params(idOf((await done(client.write('POST', path, body))).plantilla));
  };

const google: Prepare = async ({ google, client }) => {
  await google.connect(client);
  return {};
};

const anImport: Prepare = async (world) => {
  const { body } = await workbook('apartamentos')(world);
  const made = await done(world.client.write('POST', '/api/apartamentos/importacion', body));
  return params(idOf(made.importacion));
};

const aSync: Prepare = async (world) => {
  await google(world);
  const { body } = await workbook('contactos')(world);
  const made = await done(world.client.write('POST', '/api/contactos/xlsx/sincronizacion', body));
  return params(idOf(made.sincronizacion));
};

const aProperty: Prepare = async ({ client }) => {
  const body = { name: `Casa ${unique()}` };
  return params(idOf(await done(client.call('POST', '/api/properties/', { body }))));
};

/** A task that the admin made, with its checklist. */
const ownTask: Prepare = async ({ client }) => params(idOf(await aTask(client)));

const responseOf: Prepare = async ({ client }) => {
  const { checklist } = await aTask(client);
  return { params: { response_id: idOf((checklist as { items: Json[] }).items[0]) } };
};

const withoutChecklist = async ({ client }: ExampleWorld): Promise<string> =>
  idOf(await aTask(client, { task_type: 'administration' }));

const aPhotoOfTask: Prepare = async ({ client }) => {
  const raw = await sampleForm({ photo_type: 'after' }, { image: 'kitchen.jpg' });
  return { params: { id: idOf(await done(client.call('POST', '/api/tasks/1/images/create/', { raw }))) } };
};

const aChecklistPhoto: Prepare = async ({ client }) => {
  const raw = await sampleForm({ item_id: 1003 }, { photo: 'kitchen.jpg' });
  const { photo_id } = await done(client.call('POST', '/api/staff/checklist/photo/upload/', { raw }));
  return { body: { photo_id } };
};

/** A channel that does not answer. */
const feedAddress = () => `http://127.0.0.1:9/${unique()}.ics`;

const aFeed: Prepare = async ({ client }) => {
  const body = { property: 1, unit: '1A', url: feedAddress() };
  return params(idOf(await done(client.call('POST', '/api/calendar-feeds/', { body }))));
};

const aLink = ({ client }: ExampleWorld): Promise<Json> =>
  done(client.call('POST', '/api/calendar-links/', { body: { property: 1, unit: '1A', name: `Canal ${unique()}` } }));

const aLinkId: Prepare = async (world) => params(idOf(await aLink(world)));

const bookingsWorkbook: Prepare = async (world) => ({ body: { upload_id: await stagedFor(world, 'reservas') } });

/** An import of a row that has another guest than the booking of its code. */
const aBookingImport: Prepare = async ({ client, cloud }) => {
  const code = `HMABC${unique()}`;
  const year = 2026 + unique();
  const [from, until] = [`${year}-11-01`, `${year}-11-04`];
  const stay = { property: 1, unit: '1A', check_in_date: from, check_out_date: until };
  const body = { ...stay, guest_name: 'Ana García', external_code: code, source: 'airbnb' };
  await done(client.call('POST', '/api/bookings/', { body }));
  const row = `${code},Confirmed,Luis Pérez,Airbnb,${from},${until}`;
  const csv = `Confirmation code,Status,Guest name,Booking source,Start date,End date\n${row}\n`;
  const file = { name: 'bookings.csv', bytes: Buffer.from(csv) };
  const made = await done(client.upload('/api/bookings/import/', file, { fields: { property_id: '1' } }));
  await cloud.cloud.drain();
  return params(String(made.import_id));
};

const aReset: Prepare = async ({ cloud }) => {
  const body = { email: 'limpieza@staysidekick.es' };
  await done(cloud.client.call('POST', '/api/password-reset/', { body }));
  await cloud.cloud.drain();
  const [mail] = cloud.mails();
  const { searchParams } = new URL(/https?:\S+/.exec(mail?.text ?? '')?.[0] ?? '');
  return { body: { uid: searchParams.get('uid'), token: searchParams.get('token') } };
};

/** The mail of a run, given up. */
const aFailedDelivery: Prepare = async ({ cloud }) => {
  const now = cloud.cloud.now();
  const content = { to: 'equipo@staysidekick.es', subject: 'Llegadas tardías', text: 'Hoy llega Ana García.' };
  const mail = { id: randomIds.next('out', now), kind: 'mail', cause: 'run_1', content } as const;
  const scope = new TenantScope(cloud.table, DEMO_COMPANY_ID);
  const outbox = new OutboxRepository(scope);
  await scope.table.transact([outbox.additionOf(mail, now)]);
  await outbox.release({ ...mail, estado: 'pendiente', attempts: MOST_ATTEMPTS, created_at: toOffsetIso(now) }, now);
  return params(mail.id);
};

const pms =
  (proveedor: Parameters<typeof connectPms>[1]): Prepare =>
  async (world) => {
    await connectPms(world, proveedor);
    return {};
  };

const as =
  (position: number): Prepare =>
  async ({ cloud }) => ({ client: await signInDemo(cloud, position) });

const refresh: Prepare = async (world) => ({ body: { refresh: (await tokensOf(world)).refresh } });

/** What has to be there before an example can be called, and what it is told that no two runs share. */
export const STANDINGS: Readonly<Record<string, Prepare>> = {
  tokenRefresh: refresh,
  tokenRevoke: refresh,
  tokenVerify: async (world) => ({ body: { token: (await tokensOf(world)).access } }),
  tokenRevokeAll: as(2),
  changeOwnPassword: as(2),
  cambiarPassword: as(1),
  confirmPasswordReset: aReset,
  register: async (world) => ({ body: { invite_code: (await anInvite(world)).code } }),
  validateInvite: async (world) => ({ body: { code: (await anInvite(world)).code } }),
  reactivateInviteCode: async ({ client }) => {
    await client.call('POST', '/api/admin/invite-codes/1/revoke/');
    return {};
  },
  deleteInviteCode: async (world) => params(idOf(await anInvite(world))),
  deshacerImportacionApartamentos: anImport,
  importarApartamentos: workbook('apartamentos'),
  previsualizarApartamentos: workbook('apartamentos'),
  borrarConfigPms: pms('smoobu'),
  sincronizarSmoobu: pms('smoobu'),
  sincronizarBeds24: pms('beds24'),
  sincronizarHostaway: pms('hostaway'),
  sincronizarCloudbeds: pms('cloudbeds'),
  borrarPlantilla: aTemplate('/api/vault/plantillas'),
  borrarPlantillaTardia: aTemplate('/api/notificaciones/checkin-tardio/plantillas'),
  exportarContactos: pms('smoobu'),
  exportarContactosXlsx: workbook('contactos'),
  sincronizarContactos: async (world) => ({ ...(await google(world)), ...(await pms('smoobu')(world)) }),
  sincronizarContactosXlsx: async (world) => ({ ...(await google(world)), ...(await workbook('contactos')(world)) }),
  leerSincronizacionContactos: aSync,
  desconectarGoogle: google,
  editarEmpresa: aCompany,
  borrarEmpresa: aCompany,
  leerBorrado: async (world) => {
    const company = await aCompany(world);
    await done(world.client.write('DELETE', `/api/empresas/${company.params?.id}`));
    await world.cloud.cloud.drain();
    return company;
  },
  eliminarUsuario: aUser,
  restablecerContrasena: aUser,
  leerLlegadasXlsx: workbook('checkins'),
  mapaCalorXlsx: heatmapWorkbook,
  mapaCalorXlsxImagen: heatmapWorkbook,
  reintentarEntrega: aFailedDelivery,
  solicitarAcceso: captcha,
  contactar: captcha,
  deleteProperty: aProperty,
  deleteBooking: async ({ client }) => {
    const dates = { check_in_date: '2026-09-01', check_out_date: '2026-09-03' };
    return params(idOf(await done(client.call('POST', '/api/bookings/', { body: { property: 1, ...dates } }))));
  },
  importBookings: bookingsWorkbook,
  readBookingImport: aBookingImport,
  resolveBookingImport: aBookingImport,
  undoBookingImport: aBookingImport,
  createCalendarFeed: async () => ({ body: { url: feedAddress() } }),
  readCalendarFeed: aFeed,
  deleteCalendarFeed: aFeed,
  pollCalendarFeed: aFeed,
  listCalendarStays: aFeed,
  rotateCalendarLink: aLinkId,
  deleteCalendarLink: aLinkId,
  readCalendar: async (world) => ({
    params: {
      file:
        String((await aLink(world)).url)
          .split('/')
          .at(-1) ?? '',
    },
  }),
  deleteTask: ownTask,
  setTaskStatus: ownTask,
  setTaskStatusShortly: ownTask,
  tickItem: responseOf,
  answerChecklistItem: responseOf,
  assignChecklist: async (world) => ({ params: { task_id: await withoutChecklist(world) } }),
  quickAssignChecklists: async (world) => ({ body: { task_ids: [Number(await withoutChecklist(world))] } }),
  editPhoto: aPhotoOfTask,
  deletePhoto: aPhotoOfTask,
  removeChecklistPhoto: aChecklistPhoto,
  autoTaskTemplate: anAutoTaskTemplate,
  editAutoTaskTemplate: anAutoTaskTemplate,
  deleteAutoTaskTemplate: anAutoTaskTemplate,
  readEndpoint: anEndpoint,
  changeEndpoint: anEndpoint,
  deleteEndpoint: anEndpoint,
  rotateEndpointSecret: anEndpoint,
  testEndpoint: anEndpoint,
  readDelivery: aDelivery,
  redeliver: aDelivery,
};
