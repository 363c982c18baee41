import { okAnswer } from '../../shared/platform/http/answers.ts';
import { defineRoutes } from '../../shared/platform/http/route.ts';
import { plantillaAnswer, plantillaBody, plantillaParams, plantillasAnswer } from './schemas.ts';

const common = { surface: 'sidekick', tag: 'Llegadas tardías', access: 'any' } as const;

/** The late check-in tool (`stay-sidekick.md` §4.8). */
export const arrivalsRoutes = defineRoutes({
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
