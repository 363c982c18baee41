import { defineRoutes } from '../../shared/platform/http/route.ts';
import { accessBody, contactBody, formAnswer } from './schemas.ts';

const common = {
  surface: 'sidekick',
  tag: 'Formularios públicos',
  method: 'POST',
  access: 'public',
  success: { status: 200, schema: formAnswer },
} as const;

/** What strangers may send us (`stay-sidekick.md` §4.13). Bodies are deferred so that a honeypot is logged. */
export const publicFormsRoutes = defineRoutes({
  solicitarAcceso: {
    ...common,
    path: '/api/contact',
    summary: 'Solicitud de acceso de una empresa',
    // `RATE_LIMIT_CONTACT` where it says otherwise.
    rateLimit: { limit: 5, window: 'hour', per: 'address' },
    body: { schema: accessBody, deferred: true },
  },
  contactar: {
    ...common,
    path: '/api/contacto',
    summary: 'Mensaje de contacto general',
    rateLimit: { limit: 10, window: 'hour', per: 'address' },
    plainFieldErrors: true,
    body: { schema: contactBody, deferred: true },
  },
});
