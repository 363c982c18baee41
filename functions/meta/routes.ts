import { defineRoutes } from '../../shared/platform/http/route.ts';
import { csrfAnswer, docsAssetParams, healthAnswer } from './schemas.ts';

const common = { surface: 'sidekick', method: 'GET', access: 'public', tag: 'Plataforma' } as const;

/** The platform about itself (`stay-sidekick.md` §4.1). */
export const metaRoutes = defineRoutes({
  health: {
    ...common,
    path: '/api/health',
    summary: 'Dice que el servicio responde',
    success: { status: 200, schema: healthAnswer },
  },
  healthWithSlash: {
    ...common,
    surface: 'aristay',
    path: '/api/health/',
    summary: 'Says that the service answers',
    success: { status: 200, schema: healthAnswer },
  },
  csrfToken: {
    ...common,
    path: '/api/csrf-token',
    summary: 'Entrega un token CSRF en el cuerpo y en la cookie',
    rateLimit: { limit: 30, window: 'hour', per: 'address' },
    success: { status: 200, schema: csrfAnswer },
  },
  docs: {
    ...common,
    path: '/api/docs',
    summary: 'Página de la documentación',
    success: { status: 200, contentType: 'text/html; charset=utf-8' },
  },
  openapi: {
    ...common,
    path: '/api/docs/openapi.yaml',
    summary: 'Documento OpenAPI 3.1',
    success: { status: 200, contentType: 'application/yaml; charset=utf-8' },
  },
  docsAsset: {
    ...common,
    path: '/api/docs/{asset}',
    summary: 'Ficheros de la página de la documentación',
    params: docsAssetParams,
    success: { status: 200, contentType: 'application/octet-stream' },
  },
});
