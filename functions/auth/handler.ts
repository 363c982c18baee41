import { LoginAttemptRepository } from '../../shared/domain/identity/login-attempt.repository.ts';
import { SignInRepository } from '../../shared/domain/identity/sign-in.repository.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { readingDeps } from '../../shared/platform/http/reading-deps.ts';
import { reply } from '../../shared/platform/http/route.ts';
import { authEnvironment } from './env.ts';
import { login } from './operations/login.ts';
import { authRoutes } from './routes.ts';

const env = readEnvironment(authEnvironment);
const http = readingDeps(env);
const deps = {
  ...http,
  people: new SignInRepository(http.table),
  attempts: http.rateLimits ? new LoginAttemptRepository(http.table) : undefined,
  tokenHours: env.JWT_ACCESS_TOKEN_HOURS,
};

export const handler = defineHttpFunction(
  authRoutes,
  {
    login: ({ body, origin }) => login(deps, body, origin.address),
    validacion: async ({ actor }) => (actor ? { ok: true } : reply({ ok: false }, { status: 401 })),
  },
  http,
);
