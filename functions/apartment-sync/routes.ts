import { pageQuery } from '../../shared/platform/http/answers.ts';
import { defineRoutes } from '../../shared/platform/http/route.ts';
import { emptyBody, sincronizacionAnswer, sincronizacionesAnswer } from './schemas.ts';

const common = { surface: 'sidekick', tag: 'Apartamentos', access: 'any' } as const;

const sync = {
  ...common,
  method: 'POST',
  rateLimit: { limit: 10, window: 'hour', per: 'address' },
  body: { schema: emptyBody, optional: true },
  success: { status: 200, schema: sincronizacionAnswer },
  failures: [400, 503],
} as const;

/** The catalogue from the connected PMS (`stay-sidekick.md` §4.6), under the name of each. */
export const apartmentSyncRoutes = defineRoutes({
  sincronizarSmoobu: {
    ...sync,
    path: '/api/apartamentos/sincronizacion/smoobu',
    summary: 'Trae de Smoobu los apartamentos de la empresa',
  },
  sincronizarBeds24: {
    ...sync,
    path: '/api/apartamentos/sincronizacion/beds24',
    summary: 'Trae de Beds24 los apartamentos de la empresa',
  },
  sincronizarHostaway: {
    ...sync,
    path: '/api/apartamentos/sincronizacion/hostaway',
    summary: 'Trae de Hostaway los apartamentos de la empresa',
  },
  sincronizarCloudbeds: {
    ...sync,
    path: '/api/apartamentos/sincronizacion/cloudbeds',
    summary: 'Trae de Cloudbeds los apartamentos de la empresa',
  },
  sincronizaciones: {
    ...common,
    method: 'GET',
    path: '/api/apartamentos/sincronizaciones',
    summary:
      'Registro de sincronizaciones, de la más reciente a la más antigua, y cuándo se leyó el PMS por última vez',
    query: pageQuery,
    success: { status: 200, schema: sincronizacionesAnswer },
  },
});
