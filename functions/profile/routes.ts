import { notificacionesTardias, xlsxApartamentos } from '../../shared/domain/company/settings.ts';
import { okAnswer } from '../../shared/platform/http/answers.ts';
import { defineRoutes } from '../../shared/platform/http/route.ts';
import { notificacionesTardioAnswer, passwordBody, perfilAnswer, xlsxApartamentosAnswer } from './schemas.ts';

const common = { surface: 'sidekick', tag: 'Perfil' } as const;

/** Own profile and the settings of the company's tools (`stay-sidekick.md` §4.3). */
export const profileRoutes = defineRoutes({
  perfil: {
    ...common,
    method: 'GET',
    path: '/api/perfil',
    summary: 'Datos del usuario que llama',
    access: 'any',
    openWhilePasswordPending: true,
    success: { status: 200, schema: perfilAnswer },
    failures: [404],
  },
  cambiarPassword: {
    ...common,
    method: 'PUT',
    path: '/api/perfil/password',
    summary: 'Cambia la contraseña propia y cierra las sesiones abiertas',
    access: 'any',
    openToViewers: true,
    openWhilePasswordPending: true,
    body: { schema: passwordBody },
    success: { status: 200, schema: okAnswer },
    failures: [409],
  },
  leerXlsxApartamentos: {
    ...common,
    method: 'GET',
    path: '/api/perfil/xlsx-apartamentos',
    summary: 'Columnas del libro de apartamentos',
    access: 'any',
    success: { status: 200, schema: xlsxApartamentosAnswer },
  },
  guardarXlsxApartamentos: {
    ...common,
    method: 'PUT',
    path: '/api/perfil/xlsx-apartamentos',
    summary: 'Guarda las columnas del libro de apartamentos (A = 0)',
    access: 'admin',
    body: { schema: xlsxApartamentos },
    success: { status: 200, schema: okAnswer },
  },
  leerNotificacionesTardio: {
    ...common,
    method: 'GET',
    path: '/api/perfil/notificaciones-tardio-config',
    summary: 'Hora de corte y columnas de las llegadas tardías',
    access: 'any',
    success: { status: 200, schema: notificacionesTardioAnswer },
  },
  guardarNotificacionesTardio: {
    ...common,
    method: 'PUT',
    path: '/api/perfil/notificaciones-tardio-config',
    summary: 'Guarda la hora de corte y las columnas de las llegadas tardías',
    access: 'admin',
    body: { schema: notificacionesTardias },
    success: { status: 200, schema: okAnswer },
  },
});
