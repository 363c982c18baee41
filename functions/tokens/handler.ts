import { LoginAttemptRepository } from '../../shared/domain/identity/login-attempt.repository.ts';
import { sessionCheck } from '../../shared/domain/identity/session.ts';
import { SignInRepository } from '../../shared/domain/identity/sign-in.repository.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { readingDeps } from '../../shared/platform/http/reading-deps.ts';
import { tokensEnvironment } from './env.ts';
import { issueTokens } from './operations/issue-tokens.ts';
import { refreshTokens } from './operations/refresh-tokens.ts';
import { revokeAll, revokeFamily } from './operations/revoke-tokens.ts';
import { verifyToken } from './operations/verify-token.ts';
import { tokensRoutes } from './routes.ts';

const env = readEnvironment(tokensEnvironment);
const http = readingDeps(env);
const people = new SignInRepository(http.table);
const deps = {
  ...http,
  people,
  sessions: sessionCheck(people, http.clock),
  attempts: http.rateLimits ? new LoginAttemptRepository(http.table) : undefined,
  accessMinutes: env.TOKEN_ACCESS_MINUTES,
};

export const handler = defineHttpFunction(
  tokensRoutes,
  {
    token: ({ body, origin }) => issueTokens(deps, body, origin.address),
    tokenRefresh: ({ body, origin }) => refreshTokens(deps, body.refresh, origin.address),
    tokenRevoke: ({ actor, body }) => revokeFamily(deps, actor, body.refresh),
    tokenRevokeAll: ({ actor }) => revokeAll(deps, actor),
    tokenVerify: ({ body }) => verifyToken(deps, body.token),
  },
  http,
);
