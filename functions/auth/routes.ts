import { defineRoutes } from '../../shared/platform/http/route.ts';
import { loginAnswer, loginBody, validacionAnswer } from './schemas.ts';

/** Signing in (`stay-sidekick.md` §4.2). */
export const authRoutes = defineRoutes({
  login: {
    surface: 'sidekick',
    method: 'POST',
    path: '/api/auth/login',
    summary: 'Inicia sesión y entrega un token de acceso',
    tag: 'Autenticación',
    access: 'public',
    rateLimit: { limit: 10, window: 'hour', per: 'address' },
    body: { schema: loginBody },
    success: { status: 200, schema: loginAnswer },
    failures: [401],
  },
  validacion: {
    surface: 'sidekick',
    method: 'GET',
    path: '/api/auth/validacion',
    summary: 'Dice si el token abre una sesión',
    tag: 'Autenticación',
    access: 'optional',
    openWhilePasswordPending: true,
    success: { status: 200, schema: validacionAnswer },
    failures: [401],
  },
});
