import { okAnswer } from '../../shared/platform/http/answers.ts';
import { defineRoutes } from '../../shared/platform/http/route.ts';
import { callbackQuery, consentAnswer, statusAnswer } from './schemas.ts';

const common = { surface: 'sidekick', tag: 'Contactos' } as const;

/** The connection with Google (`stay-sidekick.md` §4.9); it is seen and ended while the tool is off too. */
export const googleRoutes = defineRoutes({
  pedirPermisoGoogle: {
    ...common,
    tool: 'google_contacts',
    method: 'GET',
    path: '/api/contactos/google/auth',
    summary: 'Dirección de Google en la que se da permiso para los contactos',
    access: 'admin',
    success: { status: 200, schema: consentAnswer },
  },
  volverDeGoogle: {
    ...common,
    method: 'GET',
    path: '/api/contactos/google/callback',
    summary: 'Vuelta de Google: guarda la conexión y lleva al panel, con google_conectado o google_error',
    access: 'public',
    query: callbackQuery,
    success: { status: 302, contentType: 'text/plain; charset=utf-8' },
  },
  estadoGoogle: {
    ...common,
    method: 'GET',
    path: '/api/contactos/google/status',
    summary: 'Si hay una cuenta de Google conectada y cuándo se sincronizó',
    access: 'any',
    success: { status: 200, schema: statusAnswer },
  },
  desconectarGoogle: {
    ...common,
    method: 'DELETE',
    path: '/api/contactos/google/conexion',
    summary: 'Desconecta la cuenta y retira el permiso en Google',
    access: 'admin',
    success: { status: 200, schema: okAnswer },
    failures: [404],
  },
});
