const OWN = 'only the caller is concerned';
const NOTHING = 'it stores nothing, or a file for an hour';
const SESSION = 'a session is no administrative write, and log-ins are counted where they are refused';
const OTHERS = 'told in the trail of the company that it is about';
const WORK = 'work on a task is told in its history and its events';
const SYNC = 'told in the sync log, with who asked for it';
const STRANGERS = 'nobody of a company acts';

/** Writes that leave no entry in the trail of the company that calls, and why. */
export const AUDITED_ELSEWHERE: Readonly<Record<string, string>> = {
  login: SESSION,
  token: SESSION,
  tokenRefresh: SESSION,
  tokenVerify: SESSION,
  tokenRevoke: SESSION,
  tokenRevokeAll: SESSION,
  passwordReset: 'nothing changes until the link of the mail is used, which is told',
  crearEmpresa: OTHERS,
  editarEmpresa: OTHERS,
  borrarEmpresa: 'told in the signed receipt of the erasure, because the trail goes with the company',
  validateInvite: NOTHING,
  previsualizarApartamentos: NOTHING,
  prepararSubida: NOTHING,
  prepareBookingUpload: NOTHING,
  preparePhotoUpload: 'the photo is told once it has arrived',
  leerLlegadasXlsx: NOTHING,
  mapaCalorXlsx: NOTHING,
  mapaCalorXlsxImagen: NOTHING,
  exportarContactos: NOTHING,
  exportarContactosXlsx: NOTHING,
  mejorarTexto: 'each call of an AI service has a row of its own',
  traducirTexto: 'each call of an AI service has a row of its own',
  sincronizarContactos: SYNC,
  sincronizarContactosXlsx: SYNC,
  muteTask: OWN,
  unmuteTask: OWN,
  notifyManagers: WORK,
  tickItem: WORK,
  answerChecklistItem: WORK,
  testEndpoint: 'a test delivery is a row of the deliveries',
  redeliver: 'a delivery that is made again is a row of the deliveries',
  marcarNotificacionLeida: OWN,
  marcarNotificacionesLeidas: OWN,
  readNotification: OWN,
  readNotificationByPost: OWN,
  markNotificationRead: OWN,
  markNotificationReadByPost: OWN,
  markAllNotificationsRead: OWN,
  registerDevice: OWN,
  solicitarAcceso: STRANGERS,
  contactar: STRANGERS,
};
