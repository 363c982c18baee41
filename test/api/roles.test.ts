import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isTriggeredBy } from '../../infra/config/function-spec.ts';
import { FUNCTION_LIST } from '../../infra/config/functions.ts';
import type { Actor, Role } from '../../shared/platform/auth/actor.ts';
import { isWrite, type Route } from '../../shared/platform/http/route.ts';
import { mayCall } from '../../shared/platform/http/stages.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import type { ApiClient } from '../support/api-client.ts';
import { PASSWORD } from '../support/given.ts';
import { startTestCloud, type TestCloud } from '../support/test-cloud.ts';

/** The columns: stored roles (ruling 2), and the superadmin flag, which is independent of the role (§2.8). */
const PEOPLE = {
  viewer: { role: 'viewer', esSuperadmin: false },
  member: { role: 'member', esSuperadmin: false },
  manager: { role: 'manager', esSuperadmin: false },
  admin: { role: 'admin', esSuperadmin: false },
  'super+member': { role: 'member', esSuperadmin: true },
  'super+admin': { role: 'admin', esSuperadmin: true },
} as const satisfies Readonly<Record<string, { role: Role; esSuperadmin: boolean }>>;
const COLUMNS = Object.keys(PEOPLE) as readonly (keyof typeof PEOPLE)[];

/**
 * What `stay-sidekick.md` §2.8 and §12, and `aristay.md` §2.5 and §14, with rulings 2 to 5 say of every operation, one mark for each
 * column: `y` may, `-` may not. Written from the contract; a new route needs a line here.
 */
const EXPECTED: Readonly<Record<string, string>> = {
  // Open to everybody, signed in or not.
  health: 'y y y y y y',
  healthWithSlash: 'y y y y y y',
  csrfToken: 'y y y y y y',
  docs: 'y y y y y y',
  openapi: 'y y y y y y',
  docsAsset: 'y y y y y y',
  login: 'y y y y y y',
  solicitarAcceso: 'y y y y y y',
  contactar: 'y y y y y y',
  validacion: 'y y y y y y',
  // Aristay: tokens (S1–S3, C1, C2).
  token: 'y y y y y y',
  tokenRefresh: 'y y y y y y',
  tokenRevoke: 'y y y y y y',
  tokenRevokeAll: 'y y y y y y',
  tokenVerify: 'y y y y y y',
  // Aristay: people (C3–C9).
  usersMe: 'y y y y y y',
  updateUsersMe: 'y y y y y y',
  changeOwnPassword: 'y y y y y y',
  passwordReset: 'y y y y y y',
  confirmPasswordReset: 'y y y y y y',
  users: '- - y y - y',
  updateUser: '- - y y - y',
  // Aristay: joining by invite (S4, S5), and invites (S18, S19, C48–C52): admin only.
  register: 'y y y y y y',
  validateInvite: 'y y y y y y',
  inviteCodes: '- - - y - y',
  createInviteCode: '- - - y - y',
  inviteCode: '- - - y - y',
  revokeInviteCode: '- - - y - y',
  reactivateInviteCode: '- - - y - y',
  editInviteCode: '- - - y - y',
  deleteInviteCode: '- - - y - y',
  // Own profile, own password.
  perfil: 'y y y y y y',
  cambiarPassword: 'y y y y y y',
  // Reading integration status, XLSX mappings, late check-in settings.
  leerIntegraciones: 'y y y y y y',
  leerXlsxApartamentos: 'y y y y y y',
  leerNotificacionesTardio: 'y y y y y y',
  // Writing PMS and AI integration, XLSX mappings, late check-in settings: the role alone counts.
  leerConfigPms: 'y y y y y y',
  guardarConfigPms: '- - - y - y',
  borrarConfigPms: '- - - y - y',
  guardarPms: '- - - y - y',
  borrarPms: '- - - y - y',
  leerDiscord: 'y y y y y y',
  guardarDiscord: '- - - y - y',
  borrarDiscord: '- - - y - y',
  guardarIa: '- - - y - y',
  borrarIa: '- - - y - y',
  guardarXlsxApartamentos: '- - - y - y',
  guardarNotificacionesTardio: '- - - y - y',
  // Own notifications, their reading included: nobody else's are touched.
  notificaciones: 'y y y y y y',
  notificacionesSinLeer: 'y y y y y y',
  marcarNotificacionLeida: 'y y y y y y',
  marcarNotificacionesLeidas: 'y y y y y y',
  listNotifications: 'y y y y y y',
  countUnreadNotifications: 'y y y y y y',
  readNotification: 'y y y y y y',
  readNotificationByPost: 'y y y y y y',
  markNotificationRead: 'y y y y y y',
  markNotificationReadByPost: 'y y y y y y',
  markAllNotificationsRead: 'y y y y y y',
  registerDevice: 'y y y y y y',
  // Google: status any, connect and disconnect admin; the way back from Google is signed.
  pedirPermisoGoogle: '- - - y - y',
  volverDeGoogle: 'y y y y y y',
  estadoGoogle: 'y y y y y y',
  desconectarGoogle: '- - - y - y',
  // Contacts: preferences read any, write admin (S-06); syncs store something, exports nothing (ruling 2).
  leerPreferenciasContactos: 'y y y y y y',
  guardarPreferenciasContactos: '- - - y - y',
  sincronizarContactos: '- y y y y y',
  sincronizarContactosXlsx: '- y y y y y',
  listarSincronizacionesContactos: 'y y y y y y',
  leerSincronizacionContactos: 'y y y y y y',
  exportarContactos: 'y y y y y y',
  exportarContactosXlsx: 'y y y y y y',
  // Imports and runs of the late check-in (rulings 12 and 13): any role.
  importaciones: 'y y y y y y',
  ejecuciones: 'y y y y y y',
  reintentarEntrega: '- - - y - y',
  // Late templates CRUD: every role but the one that only reads.
  estadoLlegadas: 'y y y y y y',
  leerLlegadasXlsx: 'y y y y y y',
  listarPlantillasTardias: 'y y y y y y',
  crearPlantillaTardia: '- y y y y y',
  cambiarPlantillaTardia: '- y y y y y',
  borrarPlantillaTardia: '- y y y y y',
  // Apartments: every role but the one that only reads; a preview stores nothing.
  listarApartamentos: 'y y y y y y',
  leerApartamento: 'y y y y y y',
  crearApartamento: '- y y y y y',
  cambiarApartamento: '- y y y y y',
  borrarApartamento: '- y y y y y',
  importarApartamentos: '- y y y y y',
  previsualizarApartamentos: 'y y y y y y',
  plantillaApartamentos: 'y y y y y y',
  listarImportacionesApartamentos: 'y y y y y y',
  deshacerImportacionApartamentos: '- y y y y y',
  // Staging a file, which stores nothing (rulings 2 and 17): any role.
  prepararSubida: 'y y y y y y',
  // Heat map: every role draws, admins set.
  mapaCalor: 'y y y y y y',
  mapaCalorImagen: 'y y y y y y',
  mapaCalorXlsx: 'y y y y y y',
  mapaCalorXlsxImagen: 'y y y y y y',
  leerUmbrales: 'y y y y y y',
  guardarUmbrales: '- - - y - y',
  leerColumnasMapa: 'y y y y y y',
  guardarColumnasMapa: '- - - y - y',
  leerMinutosMapa: 'y y y y y y',
  guardarMinutosMapa: '- - - y - y',
  // Syncing with the PMS: any role, but a viewer stores nothing (ruling 2). The log of it: any.
  sincronizarSmoobu: '- y y y y y',
  sincronizarBeds24: '- y y y y y',
  sincronizarHostaway: '- y y y y y',
  sincronizarCloudbeds: '- y y y y y',
  sincronizaciones: 'y y y y y y',
  // Vault templates, AI actions, AI usage: any role, a viewer reads only.
  listarPlantillas: 'y y y y y y',
  crearPlantilla: '- y y y y y',
  cambiarPlantilla: '- y y y y y',
  borrarPlantilla: '- y y y y y',
  mejorarTexto: '- y y y y y',
  traducirTexto: '- y y y y y',
  usoIa: 'y y y y y y',
  configIa: '- - - y - y',
  // System prompts.
  leerSystemPrompt: '- - - - y y',
  guardarSystemPrompt: '- - - - y y',
  // Company settings (ruling 5): read any, write admin.
  leerEmpresa: 'y y y y y y',
  ajustarEmpresa: '- - - y - y',
  // Companies.
  listarEmpresas: '- - - - y y',
  crearEmpresa: '- - - - y y',
  editarEmpresa: '- - - - y y',
  borrarEmpresa: '- - - - y y',
  listarBorrados: '- - - - y y',
  leerBorrado: '- - - - y y',
  // Users of the own company, of any for superadmins.
  listarUsuarios: '- - - y y y',
  crearUsuario: '- - - y y y',
  eliminarUsuario: '- - - y y y',
  cambiarUsuario: '- - - y y y',
  restablecerContrasena: '- - - y y y',
  // Properties and bookings (aristay.md §2.5, §14): read any, write manager and admin, delete admin.
  listProperties: 'y y y y y y',
  searchProperties: 'y y y y y y',
  readProperty: 'y y y y y y',
  createProperty: '- - y y - y',
  editProperty: '- - y y - y',
  deleteProperty: '- - - y - y',
  createUnit: '- - y y - y',
  editUnit: '- - y y - y',
  deleteUnit: '- - y y - y',
  // Aristay: what a person sees first (S12, S13).
  staffDashboard: 'y y y y y y',
  staffTaskCounts: 'y y y y y y',
  // Aristay: photos (S10, S11, C25, C26, C31–C34); whose tasks they are is looked at behind the gate.
  listPhotos: 'y y y y y y',
  readPhoto: 'y y y y y y',
  createPhoto: '- y y y y y',
  preparePhotoUpload: '- y y y y y',
  editPhoto: '- y y y y y',
  deletePhoto: '- y y y y y',
  uploadChecklistPhoto: '- y y y y y',
  removeChecklistPhoto: '- y y y y y',
  // What becomes of check-outs.
  turnovers: '- - y y - y',
  turnoverGaps: '- - y y - y',
  // Templates of automatic tasks (aristay.md §6.10).
  autoTaskTemplates: '- - y y - y',
  createAutoTaskTemplate: '- - y y - y',
  autoTaskTemplate: '- - y y - y',
  editAutoTaskTemplate: '- - y y - y',
  deleteAutoTaskTemplate: '- - y y - y',
  listBookings: 'y y y y y y',
  readBooking: 'y y y y y y',
  createBooking: '- - y y - y',
  editBooking: '- - y y - y',
  deleteBooking: '- - - y - y',
  // Tasks (aristay.md §2.4, §14): the role lets in, the task decides; viewers only read and mute.
  staffTasks: 'y y y y y y',
  tasks: 'y y y y y y',
  countTasksByStatus: 'y y y y y y',
  staffTask: 'y y y y y y',
  task: 'y y y y y y',
  taskProgress: 'y y y y y y',
  createStaffTask: '- y y y y y',
  createTask: '- y y y y y',
  editStaffTask: '- y y y y y',
  editTask: '- y y y y y',
  deleteTask: '- y y y y y',
  duplicateTask: '- y y y y y',
  assignTaskToMe: '- y y y y y',
  setTaskStatus: '- y y y y y',
  setTaskStatusShortly: '- y y y y y',
  muteTask: 'y y y y y y',
  unmuteTask: 'y y y y y y',
  notifyManagers: '- y y y y y',
  // Checklists (C23, C24, C27–C30): task editors answer, managers and admins make and give them.
  tickItem: '- y y y y y',
  answerChecklistItem: '- y y y y y',
  checklistTemplates: '- - y y - y',
  createChecklistTemplate: '- - y y - y',
  assignChecklist: '- - y y - y',
  quickAssignChecklists: '- - y y - y',
  // What members did while offline: as each of those calls.
  syncTasks: '- y y y y y',
  importBookings: '- - y y - y',
  listBookingImports: '- - y y - y',
  prepareBookingUpload: '- - y y - y',
  bookingImportTemplate: '- - y y - y',
  readBookingImport: '- - y y - y',
  resolveBookingImport: '- - y y - y',
  undoBookingImport: '- - y y - y',
  // Calendars of channels: whoever may write bookings; the file itself is for whoever has its address.
  listCalendarFeeds: '- - y y - y',
  createCalendarFeed: '- - y y - y',
  readCalendarFeed: '- - y y - y',
  deleteCalendarFeed: '- - y y - y',
  pollCalendarFeed: '- - y y - y',
  listCalendarStays: '- - y y - y',
  listCalendarLinks: '- - y y - y',
  createCalendarLink: '- - y y - y',
  rotateCalendarLink: '- - y y - y',
  deleteCalendarLink: '- - y y - y',
  readCalendar: 'y y y y y y',
  // Webhooks and the log of events: admins (aristay.md §8.4).
  listEvents: '- - - y - y',
  listEventTypes: '- - - y - y',
  listEndpoints: '- - - y - y',
  createEndpoint: '- - - y - y',
  readEndpoint: '- - - y - y',
  changeEndpoint: '- - - y - y',
  deleteEndpoint: '- - - y - y',
  rotateEndpointSecret: '- - - y - y',
  testEndpoint: '- - - y - y',
  listDeliveries: '- - - y - y',
  readDelivery: '- - - y - y',
  redeliver: '- - - y - y',
  // Audit trail: as the users that it tells of.
  auditoria: '- - - y y y',
};

const OPERATIONS = FUNCTION_LIST.flatMap(([, spec]) =>
  isTriggeredBy(spec, 'http') ? Object.entries<Route>(spec.trigger.routes) : [],
);

const marksOf = (id: string) => (EXPECTED[id] ?? '').split(' ');

function actorOf(column: keyof typeof PEOPLE): Actor {
  const ids = {
    userId: randomIds.uuid(),
    empresaId: randomIds.uuid(),
    email: 'x@example.com',
    number: 1,
    username: 'x',
  };
  return { ...ids, ...PEOPLE[column], debeCambiarPassword: false };
}

/** No token is looked at on a public route, so nobody's role is; elsewhere the gate of the pipeline decides. */
function may(route: Route, column: keyof typeof PEOPLE): boolean {
  return route.access === 'public' || mayCall(route, actorOf(column));
}

/** What a call that the role gate refuses is answered with. */
const DENIED = {
  sidekick: { ok: false, errors: [expect.stringMatching(/^Acceso denegado/)] },
  aristay: { error: 'Permission denied' },
} as const;

/** The matrix as the routes have it, for people to read. */
function drawn(): string {
  const width = Math.max(...OPERATIONS.map(([id]) => id.length));
  const cells = (values: readonly string[]) =>
    values.map((value, at) => value.padEnd(COLUMNS[at]?.length ?? 0)).join('  ');
  const rows = OPERATIONS.map(([id, route]) => {
    const marks = COLUMNS.map((column) => (may(route, column) ? '✔' : '–'));
    return `${id.padEnd(width)}  ${cells(marks)}  ${route.method.padEnd(6)} ${route.path}`;
  });
  return [`${''.padEnd(width)}  ${cells(COLUMNS)}`, ...rows].join('\n');
}

describe('the role matrix (stay-sidekick.md §2.8)', () => {
  it('has a line with a mark for everybody for each operation, and none for what is no operation', () => {
    console.log(`\n${drawn()}\n`);
    expect(Object.keys(EXPECTED).sort()).toEqual(OPERATIONS.map(([id]) => id).sort());
    const malformed = Object.values(EXPECTED).filter((line) => !/^[y-]( [y-]){5}$/.test(line));
    expect(malformed).toEqual([]);
  });

  it.each(OPERATIONS)('%s', (id, route) => {
    const marks = COLUMNS.map((column) => (may(route, column) ? 'y' : '-'));
    expect(marks).toEqual(marksOf(id));
  });
});

/** Where a right of the person decides after the role: members need the override `add_tasks` (`aristay.md` §2.6). */
const WITHOUT_OVERRIDES: Readonly<Record<string, string>> = {
  createStaffTask: '- - y y - y',
  createTask: '- - y y - y',
};

describe('over HTTP the routes answer as the matrix says', () => {
  let cloud: TestCloud;
  const clients = new Map<string, ApiClient>();
  beforeAll(async () => {
    cloud = await startTestCloud();
    const company = await cloud.given.aCompany();
    for (const column of COLUMNS) {
      const { role, esSuperadmin } = PEOPLE[column];
      const user = await cloud.given.aUser(company, { role, es_superadmin: esSuperadmin });
      clients.set(column, await cloud.client.signIn(user.email, PASSWORD));
    }
  });
  afterAll(() => cloud.close());

  it.each(OPERATIONS)('%s', async (id, route) => {
    const path = route.path.replace(/\{[^}]+\}/g, randomIds.uuid());
    const marks = [];
    for (const column of COLUMNS) {
      const client = clients.get(column);
      if (client === undefined) throw new Error(`${column} is not signed in`);
      // Without a body: the role is looked at before it, and nothing is changed by those who may.
      const answer = isWrite(route) ? await client.write(route.method, path) : await client.get(path);
      expect(answer.status).toBeLessThan(500);
      expect(answer.status).not.toBe(401);
      if (answer.status === 403) expect(answer.body).toEqual(DENIED[route.surface]);
      marks.push(answer.status === 403 ? '-' : 'y');
    }
    expect(marks).toEqual(WITHOUT_OVERRIDES[id]?.split(' ') ?? marksOf(id));
  });

  it('a superadmin who is no admin may not write the settings of a company, its own included', async () => {
    const answer = await clients
      .get('super+member')
      ?.write('PUT', '/api/perfil/integraciones/ia', { proveedor: 'gemini' });
    expect(answer?.status).toBe(403);
  });

  it('a role counts from the table, not from the token: a demoted admin is one no longer', async () => {
    const company = await cloud.given.aCompany();
    const [admin, other] = [await cloud.given.aUser(company), await cloud.given.aUser(company)];
    const client = await cloud.client.signIn(admin.email, PASSWORD);
    expect((await client.get('/api/auditoria')).status).toBe(200);
    const peer = await cloud.client.signIn(other.email, PASSWORD);
    expect((await peer.write('PATCH', `/api/usuarios/${admin.id}`, { rol: 'operativo' })).status).toBe(200);
    await cloud.passTime(61);
    expect((await client.get('/api/auditoria')).status).toBe(401);
    const again = await cloud.client.signIn(admin.email, PASSWORD);
    expect((await again.get('/api/auditoria')).status).toBe(403);
  });
});
