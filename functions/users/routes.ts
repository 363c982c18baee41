import { okAnswer } from '../../shared/platform/http/answers.ts';
import { defineRoutes } from '../../shared/platform/http/route.ts';
import {
  changeBody,
  companyQuery,
  creationAnswer,
  creationBody,
  emptyBody,
  listAnswer,
  passwordAnswer,
  userAnswer,
  userParams,
} from './schemas.ts';

const common = { surface: 'sidekick', tag: 'Usuarios', access: 'admin_or_super', query: companyQuery } as const;

/** Users of the own company; for superadmins of any company (`stay-sidekick.md` §4.5). */
export const usersRoutes = defineRoutes({
  listarUsuarios: {
    ...common,
    method: 'GET',
    path: '/api/usuarios',
    summary: 'Usuarios de la empresa por orden de alta, y cuántos puede tener',
    success: { status: 200, schema: listAnswer },
    failures: [404],
  },
  crearUsuario: {
    ...common,
    method: 'POST',
    path: '/api/usuarios',
    summary: 'Da de alta un usuario y entrega su contraseña temporal, una sola vez',
    body: { schema: creationBody },
    success: { status: 201, schema: creationAnswer },
    failures: [404, 409],
  },
  eliminarUsuario: {
    ...common,
    method: 'DELETE',
    path: '/api/usuarios/{id}',
    summary: 'Elimina un usuario y cierra sus sesiones',
    params: userParams,
    success: { status: 200, schema: okAnswer },
    failures: [409, 422],
  },
  cambiarUsuario: {
    ...common,
    method: 'PATCH',
    path: '/api/usuarios/{id}',
    summary: 'Cambia el rol de un usuario, o lo activa y desactiva, y cierra sus sesiones',
    params: userParams,
    body: { schema: changeBody },
    success: { status: 200, schema: userAnswer },
    failures: [409],
  },
  restablecerContrasena: {
    ...common,
    method: 'PATCH',
    path: '/api/usuarios/{id}/contrasena',
    summary: 'Entrega una contraseña temporal nueva, una sola vez, y cierra las sesiones del usuario',
    params: userParams,
    body: { schema: emptyBody, optional: true },
    success: { status: 200, schema: passwordAnswer },
    failures: [409],
  },
});
