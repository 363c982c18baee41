import { toOffsetIso } from '../../shared/platform/clock/clock.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { ok } from '../../shared/platform/http/answers.ts';
import { csrfCookie, issueCsrfValue } from '../../shared/platform/http/csrf.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { readingDeps } from '../../shared/platform/http/reading-deps.ts';
import { reply } from '../../shared/platform/http/route.ts';
import { metaEnvironment } from './env.ts';
import { docsAsset, docsPage, openapiDocument } from './operations/docs-page.ts';
import { metaRoutes } from './routes.ts';

const env = readEnvironment(metaEnvironment);
const http = readingDeps(env);

const health = async () =>
  ok({ status: 'ok' as const, timestamp: toOffsetIso(http.clock.now()), version: env.RELEASE });

export const handler = defineHttpFunction(
  metaRoutes,
  {
    health,
    healthWithSlash: health,
    csrfToken: async () => {
      const csrf_token = issueCsrfValue(await http.csrfKey(), http.clock.now());
      return reply(ok({ csrf_token }), {
        cookies: [csrfCookie(csrf_token, { secure: env.SECURE_COOKIES === 'true' })],
      });
    },
    docs: async () => docsPage(),
    openapi: () => openapiDocument(new URL('./', import.meta.url)),
    docsAsset: ({ params }) => docsAsset(params.asset),
  },
  http,
);
