import { pageQuery } from '../../shared/platform/http/answers.ts';
import { defineRoutes } from '../../shared/platform/http/route.ts';
import { ejecucionesAnswer, importacionesAnswer } from './schemas.ts';

const common = { surface: 'sidekick', tag: 'Llegadas tardías', method: 'GET', access: 'any' } as const;

/** What became of dropped workbooks and of scheduled runs (rulings 12 and 13). */
export const notificationsRoutes = defineRoutes({
  importaciones: {
    ...common,
    path: '/api/notificaciones/checkin-tardio/importaciones',
    summary: 'Libros de llegadas recibidos en el bucket, del más reciente al más antiguo',
    query: pageQuery,
    success: { status: 200, schema: importacionesAnswer },
  },
  ejecuciones: {
    ...common,
    path: '/api/notificaciones/checkin-tardio/ejecuciones',
    summary: 'Revisiones programadas de llegadas tardías, de la más reciente a la más antigua',
    query: pageQuery,
    success: { status: 200, schema: ejecucionesAnswer },
  },
});
