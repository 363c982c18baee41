import { PASSWORD } from '../support/given.ts';
import type { Victim } from './isolation-world.ts';

/**
 * How an operation is called by a stranger. The generator puts the victim's ids into the path, adds the victim's
 * company to query and body, and calls as another company's admin and superadmin.
 */
export interface Attack {
  /** The victim's ids that fit the path's parameter; needed where the path has one. */
  readonly ids?: (victim: Victim) => readonly string[];
  /** A body that the operation takes; needed where it has one. */
  readonly body?: (victim: Victim) => Record<string, unknown>;
  /** Why a superadmin may reach other companies here (`stay-sidekick.md` §2.8, §2.11). */
  readonly superadmin?: string;
}

const OWN_ALONE: Attack = {};
const users: Pick<Attack, 'ids' | 'superadmin'> = {
  ids: (victim) => victim.userIds,
  superadmin: 'users of any company (?empresa_id=)',
};
/** The same integers mean other rows, or none, in another company. */
const properties: Pick<Attack, 'ids'> = { ids: (victim) => [String(victim.propertyId)] };
const bookings: Pick<Attack, 'ids'> = { ids: (victim) => [String(victim.bookingId)] };
const tasks: Pick<Attack, 'ids'> = { ids: (victim) => [String(victim.taskId)] };
const responses: Pick<Attack, 'ids'> = { ids: (victim) => [String(victim.taskId * 1_000 + 1)] };
const autoTasks: Pick<Attack, 'ids'> = { ids: (victim) => [String(victim.autoTaskTemplateId)] };
const imports: Pick<Attack, 'ids'> = { ids: (victim) => victim.bookingImportIds };
/** Its photo has the number of its task, so that one id fits both places of a path. */
const photos: Pick<Attack, 'ids'> = { ids: (victim) => [String(victim.taskId)] };
const webhooks: Pick<Attack, 'ids'> = { ids: (victim) => victim.ids.filter((id) => /^(ep|dlv)_/.test(id)) };
const feeds: Pick<Attack, 'ids'> = { ids: (victim) => victim.ids.filter((id) => id.startsWith('cal_')) };
const links: Pick<Attack, 'ids'> = { ids: (victim) => victim.ids.filter((id) => id.startsWith('lnk_')) };
const companies: Pick<Attack, 'superadmin'> = { superadmin: 'companies' };

const invites: Pick<Attack, 'ids'> = { ids: (victim) => victim.inviteIds };

/** Every operation of the route tables, by its id: a new route needs a line here. */
export const ATTACKS: Readonly<Record<string, Attack>> = {
  // meta: about the platform, nothing of a tenant
  health: OWN_ALONE,
  healthWithSlash: OWN_ALONE,
  csrfToken: OWN_ALONE,
  docs: OWN_ALONE,
  openapi: OWN_ALONE,
  docsAsset: { ids: (victim) => victim.ids },
  // auth
  login: { body: (victim) => ({ email: victim.email, password: 'no-es-esta-clave' }) },
  validacion: OWN_ALONE,
  // tokens
  token: { body: (victim) => ({ username: victim.email, password: 'no-es-esta-clave' }) },
  // A refresh token is a credential: whoever has it is its owner. An access token is none here.
  tokenRefresh: { body: (victim) => ({ refresh: victim.client.token ?? '' }) },
  tokenRevoke: { body: (victim) => ({ refresh: victim.refresh }) },
  tokenRevokeAll: OWN_ALONE,
  tokenVerify: { body: (victim) => ({ token: victim.client.token ?? '' }) },
  // accounts
  usersMe: OWN_ALONE,
  updateUsersMe: { body: (victim) => ({ email: victim.email, first_name: 'Stranger' }) },
  changeOwnPassword: { body: () => ({ current_password: PASSWORD, new_password: 'una-clave-bien-distinta-2026' }) },
  // It writes to whoever has the address: nothing of that shows, and an unknown one is tried.
  passwordReset: { body: () => ({ email: 'nobody@example.com' }) },
  confirmPasswordReset: { body: () => ({ uid: 'x', token: 'x', new_password: 'una-clave-bien-distinta-2026' }) },
  users: OWN_ALONE,
  updateUser: { ids: (victim) => victim.numbers, body: () => ({ is_active: false, task_group: 'laundry' }) },
  // invites: a code is a credential, its number is not
  register: {
    body: (victim) => ({
      username: 'stranger',
      email: victim.email,
      password: 'una-clave-bien-distinta-2026',
      password_confirm: 'una-clave-bien-distinta-2026',
      invite_code: 'INVNOBODY2',
    }),
  },
  validateInvite: { body: () => ({ code: 'INVNOBODY2' }) },
  inviteCodes: OWN_ALONE,
  createInviteCode: { body: () => ({ role: 'admin', notes: 'stranger' }) },
  inviteCode: invites,
  revokeInviteCode: invites,
  reactivateInviteCode: invites,
  editInviteCode: { ...invites, body: () => ({ role: 'admin', max_uses: 0 }) },
  deleteInviteCode: invites,
  // profile
  perfil: OWN_ALONE,
  cambiarPassword: { body: () => ({ password_actual: PASSWORD, password_nueva: 'una-clave-bien-distinta-2026' }) },
  leerXlsxApartamentos: OWN_ALONE,
  guardarXlsxApartamentos: { body: () => ({ col_id_externo: 7, col_nombre: 8 }) },
  leerNotificacionesTardio: OWN_ALONE,
  guardarNotificacionesTardio: { body: () => ({ hora_corte: '23:59' }) },
  // integrations
  leerIntegraciones: OWN_ALONE,
  guardarPms: { body: () => ({ proveedor: 'hostaway', api_key: '1:stranger' }) },
  borrarPms: OWN_ALONE,
  leerConfigPms: OWN_ALONE,
  guardarConfigPms: { body: () => ({ proveedor: 'hostaway', api_key: '1:stranger' }) },
  borrarConfigPms: OWN_ALONE,
  guardarIa: { body: () => ({ proveedor: 'claude', modelo: 'stranger', api_key: 'stranger' }) },
  borrarIa: OWN_ALONE,
  leerDiscord: OWN_ALONE,
  guardarDiscord: { body: () => ({ webhook_url: 'https://discord.com/api/webhooks/9/stranger' }) },
  borrarDiscord: OWN_ALONE,
  // apartments
  listarApartamentos: OWN_ALONE,
  leerApartamento: { ids: (victim) => victim.apartmentIds },
  crearApartamento: { body: () => ({ nombre: 'Ajeno' }) },
  cambiarApartamento: { ids: (victim) => victim.apartmentIds, body: () => ({ nombre: 'Tomado' }) },
  borrarApartamento: { ids: (victim) => victim.apartmentIds },
  importarApartamentos: { body: (victim) => ({ subida_id: victim.uploadId }) },
  previsualizarApartamentos: { body: (victim) => ({ subida_id: victim.uploadId }) },
  plantillaApartamentos: OWN_ALONE,
  listarImportacionesApartamentos: OWN_ALONE,
  deshacerImportacionApartamentos: { ids: (victim) => victim.apartmentImportIds },
  // uploads
  prepararSubida: { body: () => ({ proposito: 'apartamentos', nombre: 'a.xlsx', bytes: 1 }) },
  // apartment-sync
  sincronizarSmoobu: { body: () => ({}) },
  sincronizarBeds24: { body: () => ({}) },
  sincronizarHostaway: { body: () => ({}) },
  sincronizarCloudbeds: { body: () => ({}) },
  sincronizaciones: OWN_ALONE,
  // vault
  listarPlantillas: OWN_ALONE,
  crearPlantilla: { body: () => ({ nombre: 'Aviso', contenido: 'Hola' }) },
  cambiarPlantilla: { ids: (victim) => [victim.templateId], body: () => ({ nombre: 'Aviso', contenido: 'Hola' }) },
  borrarPlantilla: { ids: (victim) => [victim.templateId] },
  mejorarTexto: { ids: (victim) => [victim.templateId], body: () => ({ contenido: 'Hola', idioma: 'es' }) },
  traducirTexto: { ids: (victim) => [victim.templateId], body: () => ({ contenido: 'Hola', idioma_destino: 'en' }) },
  usoIa: OWN_ALONE,
  configIa: OWN_ALONE,
  // public forms: of strangers to the platform, nothing of a tenant
  solicitarAcceso: { body: () => ({ company_name: 'Otra' }) },
  contactar: { body: () => ({ nombre: 'Otra' }) },
  // system prompts: the platform's, nothing of a tenant
  leerSystemPrompt: { ids: () => ['vault_traducir'] },
  guardarSystemPrompt: {
    ids: () => ['vault_traducir'],
    body: () => ({ contenido: 'Traduce.' }),
  },
  // google and contacts
  pedirPermisoGoogle: OWN_ALONE,
  volverDeGoogle: OWN_ALONE,
  estadoGoogle: OWN_ALONE,
  desconectarGoogle: OWN_ALONE,
  leerPreferenciasContactos: OWN_ALONE,
  guardarPreferenciasContactos: { body: () => ({ plantilla: 'stranger' }) },
  sincronizarContactos: { body: () => ({ desde: '2026-05-01' }) },
  sincronizarContactosXlsx: { body: (victim) => ({ subida_id: victim.uploadId }) },
  listarSincronizacionesContactos: OWN_ALONE,
  leerSincronizacionContactos: { ids: (victim) => victim.ids },
  exportarContactos: { body: () => ({ desde: '2026-05-01' }) },
  exportarContactosXlsx: { body: (victim) => ({ subida_id: victim.uploadId }) },
  // audit
  auditoria: { superadmin: 'the trail of any company, as its users' },
  // companies
  listarEmpresas: companies,
  crearEmpresa: { ...companies, body: (victim) => ({ nombre: 'Nueva', email: victim.companyEmail }) },
  editarEmpresa: {
    ...companies,
    ids: (victim) => [victim.companyId],
    body: () => ({ nombre: 'Tomada', activa: false }),
  },
  borrarEmpresa: { ...companies, ids: (victim) => [victim.companyId] },
  listarBorrados: companies,
  leerBorrado: { ...companies, ids: (victim) => [victim.companyId] },
  leerEmpresa: OWN_ALONE,
  ajustarEmpresa: { body: () => ({ zona_horaria: 'Atlantic/Canary', retencion_meses: 1 }) },
  // users
  listarUsuarios: { superadmin: users.superadmin ?? '' },
  crearUsuario: { superadmin: users.superadmin ?? '', body: (victim) => ({ email: victim.email, rol: 'admin' }) },
  eliminarUsuario: users,
  cambiarUsuario: { ...users, body: () => ({ rol: 'operativo', activo: false }) },
  restablecerContrasena: { ...users, body: () => ({}) },
  // arrivals
  estadoLlegadas: OWN_ALONE,
  leerLlegadasXlsx: { body: () => ({}) },
  listarPlantillasTardias: OWN_ALONE,
  crearPlantillaTardia: { body: () => ({ nombre: 'Aviso', contenido: 'Hola' }) },
  cambiarPlantillaTardia: {
    ids: (victim) => [victim.templateId],
    body: () => ({ nombre: 'Tomada', contenido: 'Tomada' }),
  },
  borrarPlantillaTardia: { ids: (victim) => [victim.templateId] },
  // heatmap
  mapaCalor: OWN_ALONE,
  mapaCalorImagen: OWN_ALONE,
  mapaCalorXlsx: { body: () => ({ desde: '2026-05-01', hasta: '2026-05-31' }) },
  mapaCalorXlsxImagen: { body: () => ({ desde: '2026-05-01', hasta: '2026-05-31' }) },
  leerUmbrales: OWN_ALONE,
  guardarUmbrales: { body: () => ({ nivel1: 1, nivel2: 2, nivel3: 3 }) },
  leerColumnasMapa: OWN_ALONE,
  guardarColumnasMapa: { body: () => ({ col_fecha_checkin: 'Z' }) },
  leerMinutosMapa: OWN_ALONE,
  guardarMinutosMapa: { body: () => ({ minutos_checkin: 1, minutos_checkout: 1 }) },
  // properties
  listProperties: OWN_ALONE,
  createProperty: { body: () => ({ name: 'Taken', units: [{ unit_number: '1' }] }) },
  searchProperties: OWN_ALONE,
  readProperty: properties,
  editProperty: { ...properties, body: () => ({ name: 'Taken' }) },
  deleteProperty: properties,
  createUnit: { ...properties, body: () => ({ unit_number: 'taken' }) },
  editUnit: { ...properties, body: () => ({ unit_number: 'taken' }) },
  deleteUnit: properties,
  // bookings
  // photos
  listPhotos: photos,
  preparePhotoUpload: {
    ...photos,
    body: () => ({ file_name: 'a.jpg', content_type: 'image/jpeg', size_bytes: 1 }),
  },
  readPhoto: photos,
  editPhoto: { ...photos, body: () => ({ photo_status: 'approved', description: 'Taken' }) },
  deletePhoto: photos,
  createPhoto: { ...photos, body: () => ({ description: 'Taken' }) },
  removeChecklistPhoto: { body: (victim) => ({ item_id: victim.taskId * 1_000 + 1, photo_id: victim.taskId }) },
  uploadChecklistPhoto: { body: (victim) => ({ item_id: victim.taskId * 1_000 + 1 }) },
  listBookings: OWN_ALONE,
  createBooking: {
    body: (victim) => ({ property: victim.propertyId, check_in_date: '2026-08-01', check_out_date: '2026-08-02' }),
  },
  readBooking: bookings,
  editBooking: { ...bookings, body: (victim) => ({ property: victim.propertyId, guest_name: 'Taken' }) },
  deleteBooking: bookings,
  // dashboard
  staffDashboard: OWN_ALONE,
  staffTaskCounts: OWN_ALONE,
  // staff-tasks
  staffTasks: OWN_ALONE,
  tasks: OWN_ALONE,
  countTasksByStatus: OWN_ALONE,
  createStaffTask: { body: (victim) => ({ title: 'Taken', property: victim.propertyId }) },
  createTask: { body: (victim) => ({ title: 'Taken', booking: victim.bookingId }) },
  staffTask: tasks,
  task: tasks,
  editStaffTask: { ...tasks, body: () => ({ title: 'Taken' }) },
  editTask: { ...tasks, body: () => ({ title: 'Taken' }) },
  deleteTask: tasks,
  taskProgress: tasks,
  duplicateTask: tasks,
  assignTaskToMe: tasks,
  setTaskStatus: { ...tasks, body: () => ({ status: 'completed' }) },
  setTaskStatusShortly: { ...tasks, body: () => ({ status: 'completed' }) },
  muteTask: tasks,
  unmuteTask: tasks,
  notifyManagers: tasks,
  tickItem: { ...responses, body: () => ({ completed: true }) },
  answerChecklistItem: { ...responses, body: () => ({ notes: 'Taken' }) },
  checklistTemplates: OWN_ALONE,
  createChecklistTemplate: { body: () => ({ name: 'Taken', task_type: 'cleaning' }) },
  assignChecklist: { ...tasks, body: (victim) => ({ template_id: victim.checklistTemplateId }) },
  quickAssignChecklists: {
    body: (victim) => ({ task_ids: [victim.taskId], template_id: victim.checklistTemplateId }),
  },
  syncTasks: {
    body: (victim) => ({
      operations: [
        { kind: 'tick_item', response: victim.taskId * 1_000 + 1, completed: true },
        { kind: 'answer_item', response: victim.taskId * 1_000 + 1, notes: 'Taken' },
        { kind: 'set_status', task: victim.taskId, status: 'completed' },
        { kind: 'edit_task', task: victim.taskId, notes: 'Taken', property: victim.propertyId },
        { kind: 'assign_to_me', task: victim.taskId },
        { kind: 'create_task', title: 'Taken', booking: victim.bookingId },
        { kind: 'delete_task', task: victim.taskId },
      ].map((operation, at) => ({ ...operation, key: `stranger-${at}`, at: '2026-01-01T00:00:00Z' })),
    }),
  },
  // booking-imports
  importBookings: { body: (victim) => ({ property_id: victim.propertyId, upload_id: victim.bookingUploadId }) },
  listBookingImports: OWN_ALONE,
  prepareBookingUpload: { body: () => ({ file_name: 'a.csv', size_bytes: 1 }) },
  bookingImportTemplate: OWN_ALONE,
  readBookingImport: imports,
  resolveBookingImport: { ...imports, body: () => ({ resolutions: [{ conflict_index: 0, action: 'skip' }] }) },
  undoBookingImport: imports,
  // calendars
  listCalendarFeeds: OWN_ALONE,
  createCalendarFeed: { body: (victim) => ({ property: victim.propertyId, url: 'http://127.0.0.1:9/stranger.ics' }) },
  readCalendarFeed: feeds,
  deleteCalendarFeed: feeds,
  pollCalendarFeed: { ...feeds, body: () => ({ accept_losses: true }) },
  listCalendarStays: feeds,
  listCalendarLinks: OWN_ALONE,
  createCalendarLink: { body: (victim) => ({ property: victim.propertyId, name: 'stranger' }) },
  rotateCalendarLink: links,
  deleteCalendarLink: links,
  // The token of an address is a credential; the id of an address is none.
  readCalendar: { ids: (victim) => victim.ids.map((id) => `${id}.ics`) },
  // turnovers
  turnovers: OWN_ALONE,
  turnoverGaps: OWN_ALONE,
  autoTaskTemplates: OWN_ALONE,
  createAutoTaskTemplate: {
    body: (victim) => ({ name: 'Taken', title_template: 'Taken', properties: [victim.propertyId] }),
  },
  autoTaskTemplate: autoTasks,
  editAutoTaskTemplate: { ...autoTasks, body: () => ({ name: 'Taken' }) },
  deleteAutoTaskTemplate: autoTasks,
  // webhooks, and the log that they are fed from
  listEvents: OWN_ALONE,
  listEventTypes: OWN_ALONE,
  listEndpoints: OWN_ALONE,
  createEndpoint: { body: () => ({ url: 'http://127.0.0.1:9/stranger', event_types: ['*'] }) },
  readEndpoint: webhooks,
  changeEndpoint: { ...webhooks, body: () => ({ url: 'http://127.0.0.1:9/stranger', is_active: false }) },
  deleteEndpoint: webhooks,
  rotateEndpointSecret: webhooks,
  testEndpoint: webhooks,
  listDeliveries: OWN_ALONE,
  readDelivery: webhooks,
  redeliver: webhooks,
  // notifications
  notificaciones: OWN_ALONE,
  notificacionesSinLeer: OWN_ALONE,
  marcarNotificacionLeida: { ids: () => ['1', '2'] },
  marcarNotificacionesLeidas: OWN_ALONE,
  listNotifications: OWN_ALONE,
  countUnreadNotifications: OWN_ALONE,
  readNotification: { ids: () => ['1', '2'] },
  readNotificationByPost: { ids: () => ['1', '2'] },
  markNotificationRead: { ids: () => ['1', '2'] },
  markNotificationReadByPost: { ids: () => ['1', '2'] },
  markAllNotificationsRead: OWN_ALONE,
  registerDevice: { body: () => ({ token: 'canario7f3a-device' }) },
  importaciones: OWN_ALONE,
  ejecuciones: OWN_ALONE,
  reintentarEntrega: { ids: (victim) => [victim.deliveryId] },
};
