import { okAnswer } from '../../shared/platform/http/answers.ts';
import { defineRoutes } from '../../shared/platform/http/route.ts';
import {
  checkinsAnswer,
  plantillaAnswer,
  plantillaBody,
  plantillaParams,
  plantillasAnswer,
  statusAnswer,
  statusQuery,
} from './schemas.ts';

const common = { surface: 'sidekick', tag: 'Llegadas tardías', access: 'any', tool: 'late_checkin' } as const;

/** The late check-in tool (`stay-sidekick.md` §4.8). */
export const arrivalsRoutes = defineRoutes({
  estadoLlegadas: {
    ...common,
    method: 'GET',
    path: '/api/notificaciones/checkin-tardio/status',
    summary: 'Llegadas de un día según todas las fuentes, con la antigüedad de cada una y un texto para cada llegada',
    query: statusQuery,
    success: { status: 200, schema: statusAnswer },
  },
  leerLlegadasXlsx: {
    ...common,
    method: 'POST',
    path: '/api/notificaciones/checkin-tardio/checkins',
    summary: 'Llegadas tardías y de hora desconocida de un libro XLSX, que no se guarda',
    openToViewers: true,
    rateLimit: { limit: 20, window: 'hour', per: 'address' },
    upload: { field: 'file', proposito: 'checkins' },
    success: { status: 200, schema: checkinsAnswer },
  },
  listarPlantillasTardias: {
    ...common,
    method: 'GET',
    path: '/api/notificaciones/checkin-tardio/plantillas',
    summary: 'Textos para llegadas tardías, del más antiguo al más reciente',
    success: { status: 200, schema: plantillasAnswer },
  },
  crearPlantillaTardia: {
    ...common,
    method: 'POST',
    path: '/api/notificaciones/checkin-tardio/plantillas',
    summary: 'Guarda un texto nuevo para llegadas tardías',
    body: { schema: plantillaBody },
    success: { status: 201, schema: plantillaAnswer },
  },
  cambiarPlantillaTardia: {
    ...common,
    method: 'PUT',
    path: '/api/notificaciones/checkin-tardio/plantillas/{id}',
    summary: 'Cambia nombre y contenido de un texto para llegadas tardías',
    params: plantillaParams,
    body: { schema: plantillaBody },
    success: { status: 200, schema: plantillaAnswer },
    failures: [404],
  },
  borrarPlantillaTardia: {
    ...common,
    method: 'DELETE',
    path: '/api/notificaciones/checkin-tardio/plantillas/{id}',
    summary: 'Borra un texto para llegadas tardías, para siempre',
    params: plantillaParams,
    success: { status: 200, schema: okAnswer },
    failures: [404],
  },
});
