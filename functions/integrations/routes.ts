import { okAnswer } from '../../shared/platform/http/answers.ts';
import { defineRoutes } from '../../shared/platform/http/route.ts';
import {
  iaBody,
  integracionesAnswer,
  pmsAnswer,
  pmsBody,
  pmsConfigAnswer,
  pmsConfigBody,
  pmsConfigSavedAnswer,
} from './schemas.ts';

const common = { surface: 'sidekick', tag: 'Integraciones' } as const;

/** What a company has connected (`stay-sidekick.md` §4.3, and §4.6 for the PMS). */
export const integrationsRoutes = defineRoutes({
  leerIntegraciones: {
    ...common,
    method: 'GET',
    path: '/api/perfil/integraciones',
    summary: 'Qué tiene conectado la empresa, sin ninguna clave',
    access: 'any',
    success: { status: 200, schema: integracionesAnswer },
  },
  guardarPms: {
    ...common,
    method: 'PUT',
    path: '/api/perfil/integraciones/pms',
    summary: 'Guarda la clave del PMS y la prueba una vez; se guarda aunque el PMS no responda',
    access: 'admin',
    body: { schema: pmsBody },
    success: { status: 200, schema: pmsAnswer },
  },
  borrarPms: {
    ...common,
    method: 'DELETE',
    path: '/api/perfil/integraciones/pms',
    summary: 'Desconecta el PMS',
    access: 'admin',
    success: { status: 200, schema: okAnswer },
  },
  leerConfigPms: {
    ...common,
    method: 'GET',
    path: '/api/apartamentos/pms',
    summary: 'El PMS conectado y cuándo se leyó por última vez, sin la clave',
    access: 'any',
    success: { status: 200, schema: pmsConfigAnswer },
  },
  guardarConfigPms: {
    ...common,
    method: 'PUT',
    path: '/api/apartamentos/pms',
    summary: 'Guarda la clave del PMS y, si se indica, la dirección del proveedor a la que se llama',
    access: 'admin',
    body: { schema: pmsConfigBody },
    success: { status: 200, schema: pmsConfigSavedAnswer },
  },
  borrarConfigPms: {
    ...common,
    method: 'DELETE',
    path: '/api/apartamentos/pms',
    summary: 'Desconecta el PMS; 404 si no hay ninguno conectado',
    access: 'admin',
    success: { status: 200, schema: okAnswer },
    failures: [404],
  },
  guardarIa: {
    ...common,
    method: 'PUT',
    path: '/api/perfil/integraciones/ia',
    summary: 'Guarda proveedor, modelo y clave de IA; sin api_key conserva la clave guardada',
    access: 'admin',
    body: { schema: iaBody },
    success: { status: 200, schema: okAnswer },
  },
  borrarIa: {
    ...common,
    method: 'DELETE',
    path: '/api/perfil/integraciones/ia',
    summary: 'Vuelve a la IA compartida',
    access: 'admin',
    success: { status: 200, schema: okAnswer },
  },
});
