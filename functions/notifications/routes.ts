import { pageQuery } from '../../shared/platform/http/answers.ts';
import { defineRoutes } from '../../shared/platform/http/route.ts';
import { aristayNotificationsRoutes } from './aristay-routes.ts';
import {
  ejecucionesAnswer,
  entregaAnswer,
  entregaParams,
  importacionesAnswer,
  leidaAnswer,
  leidasAnswer,
  notificacionesAnswer,
  notificacionesQuery,
  notificacionParams,
  sinLeerAnswer,
} from './schemas.ts';

const late = { surface: 'sidekick', tag: 'Llegadas tardías', method: 'GET', access: 'any' } as const;
/** A viewer marks as read what is its own and nobody else's (ruling 2). */
const own = { surface: 'sidekick', tag: 'Notificaciones', access: 'any', openToViewers: true } as const;

/** What a person has been told, and what became of dropped workbooks and of scheduled runs (rulings 12 and 13). */
export const notificationsRoutes = defineRoutes({
  notificaciones: {
    ...own,
    method: 'GET',
    path: '/api/notificaciones',
    summary: 'Notificaciones propias, de la más reciente a la más antigua',
    query: notificacionesQuery,
    success: { status: 200, schema: notificacionesAnswer },
  },
  notificacionesSinLeer: {
    ...own,
    method: 'GET',
    path: '/api/notificaciones/sin-leer',
    summary: 'Cuántas notificaciones propias están sin leer',
    success: { status: 200, schema: sinLeerAnswer },
  },
  marcarNotificacionLeida: {
    ...own,
    method: 'PATCH',
    path: '/api/notificaciones/{id}/leida',
    summary: 'Marca una notificación propia como leída',
    params: notificacionParams,
    success: { status: 200, schema: leidaAnswer },
    failures: [404],
  },
  marcarNotificacionesLeidas: {
    ...own,
    method: 'POST',
    path: '/api/notificaciones/leidas',
    summary: 'Marca como leídas todas las notificaciones propias',
    success: { status: 200, schema: leidasAnswer },
  },
  importaciones: {
    ...late,
    path: '/api/notificaciones/checkin-tardio/importaciones',
    summary: 'Libros de llegadas recibidos en el bucket, del más reciente al más antiguo',
    query: pageQuery,
    success: { status: 200, schema: importacionesAnswer },
  },
  ejecuciones: {
    ...late,
    path: '/api/notificaciones/checkin-tardio/ejecuciones',
    summary: 'Revisiones programadas de llegadas tardías, de la más reciente a la más antigua',
    query: pageQuery,
    success: { status: 200, schema: ejecucionesAnswer },
  },
  reintentarEntrega: {
    ...late,
    method: 'POST',
    path: '/api/notificaciones/checkin-tardio/entregas/{id}/reintento',
    summary: 'Vuelve a intentar una entrega fallida de un aviso de llegadas tardías',
    access: 'admin',
    params: entregaParams,
    success: { status: 200, schema: entregaAnswer },
    failures: [404, 409],
  },
  ...aristayNotificationsRoutes,
});
