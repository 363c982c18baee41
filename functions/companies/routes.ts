import { defineRoutes } from '../../shared/platform/http/route.ts';
import {
  administrationAnswer,
  administrationBody,
  companyParams,
  creationAnswer,
  creationBody,
  listAnswer,
  listQuery,
  settingsAnswer,
  settingsBody,
} from './schemas.ts';

const common = { surface: 'sidekick', tag: 'Empresas', plainFieldErrors: true } as const;

/** Companies for the platform's operator (`stay-sidekick.md` §4.4), and the settings of one's own (ruling 5). */
export const companiesRoutes = defineRoutes({
  listarEmpresas: {
    ...common,
    method: 'GET',
    path: '/api/empresas',
    summary: 'Empresas activas por orden de nombre; con inactivas=1, todas',
    access: 'super',
    query: listQuery,
    success: { status: 200, schema: listAnswer },
  },
  crearEmpresa: {
    ...common,
    method: 'POST',
    path: '/api/empresas',
    summary: 'Da de alta una empresa y le envía un correo de bienvenida',
    access: 'super',
    body: { schema: creationBody },
    success: { status: 201, schema: creationAnswer },
    failures: [409],
  },
  editarEmpresa: {
    ...common,
    method: 'PATCH',
    path: '/api/empresas/{id}',
    summary: 'Cambia nombre, email o límite de usuarios de una empresa, o la activa y desactiva',
    access: 'super',
    params: companyParams,
    body: { schema: administrationBody },
    success: { status: 200, schema: administrationAnswer },
    failures: [409],
  },
  leerEmpresa: {
    ...common,
    method: 'GET',
    path: '/api/empresa',
    summary: 'Ajustes de la empresa propia',
    access: 'any',
    success: { status: 200, schema: settingsAnswer },
    failures: [404],
  },
  ajustarEmpresa: {
    ...common,
    method: 'PATCH',
    path: '/api/empresa',
    summary: 'Cambia los ajustes de la empresa propia; los interruptores de herramientas, uno a uno',
    access: 'admin',
    body: { schema: settingsBody },
    success: { status: 200, schema: settingsAnswer },
    failures: [404, 409],
  },
});
