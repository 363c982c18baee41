import { defineRoutes } from '../../shared/platform/http/route.ts';
import { T_ANON, T_AUTH, T_REFRESH } from '../../shared/platform/http/throttles.ts';
import {
  detailAnswer,
  emptyAnswer,
  loginAnswer,
  loginBody,
  refreshAnswer,
  refreshBody,
  revokedAnswer,
  verifyBody,
} from './schemas.ts';

const common = { surface: 'aristay', tag: 'Tokens', method: 'POST' } as const;
/** The caller's own sessions: whoever they are, and whatever their password waits for (ruling 3). */
const own = {
  ...common,
  access: 'any',
  openToViewers: true,
  openWhilePasswordPending: true,
  // Once ended, a session stays so: a repeat does no harm.
  keepsReply: false,
} as const;

/** Signing in to the Aristay API and out of it (`aristay.md` S1–S3, C1, C2). */
export const tokensRoutes = defineRoutes({
  token: {
    ...common,
    path: '/api/token/',
    summary: 'Signs in with a user name or an e-mail address',
    access: 'public',
    rateLimit: T_AUTH,
    body: { schema: loginBody },
    success: { status: 200, schema: loginAnswer },
    failures: [401],
  },
  tokenRefresh: {
    ...common,
    path: '/api/token/refresh/',
    summary: 'Exchanges a refresh token for an access token and its own successor',
    access: 'public',
    rateLimit: T_REFRESH,
    body: { schema: refreshBody },
    success: { status: 200, schema: refreshAnswer },
    failures: [401],
  },
  tokenRevoke: {
    ...own,
    path: '/api/token/revoke/',
    summary: 'Signs out: ends the refresh token and every token of the same log-in',
    body: { schema: refreshBody },
    success: { status: 200, schema: detailAnswer },
  },
  tokenRevokeAll: {
    ...own,
    path: '/api/token/revoke-all/',
    summary: 'Signs out everywhere: ends every refresh token of the caller',
    success: { status: 200, schema: revokedAnswer },
  },
  tokenVerify: {
    ...common,
    path: '/api/token/verify/',
    summary: 'Tells whether an access or refresh token opens anything',
    access: 'public',
    rateLimit: T_ANON,
    body: { schema: verifyBody },
    success: { status: 200, schema: emptyAnswer },
    failures: [401],
  },
});
