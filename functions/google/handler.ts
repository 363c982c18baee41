import type { AuditFact } from '../../shared/domain/audit/audit-entry.ts';
import { AuditTrail } from '../../shared/domain/audit/audit-trail.ts';
import { boundGoogle } from '../../shared/domain/google/bound-google.ts';
import { GoogleConnectionRepository } from '../../shared/domain/google/google-connection.repository.ts';
import { googleGrants } from '../../shared/domain/google/google-grants.ts';
import { OauthStateRepository } from '../../shared/domain/google/oauth-state.repository.ts';
import { SyncLogRepository } from '../../shared/domain/sync-log/sync-log.repository.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import type { Write } from '../../shared/platform/dynamo/table.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { reply } from '../../shared/platform/http/route.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { googleEnvironment } from './env.ts';
import { beginConsent } from './operations/begin-consent.ts';
import { disconnect } from './operations/disconnect.ts';
import { finishConsent } from './operations/finish-consent.ts';
import { readStatus } from './operations/read-status.ts';
import { googleRoutes } from './routes.ts';

const env = readEnvironment(googleEnvironment);
const http = httpDeps(env);
const google = boundGoogle(env, { ...http, keys: http.tenantKeys });
const consent = { ...http, ...google, oauth: google, ids: randomIds, secret: () => http.secrets.read('SECRET_KEY') };
const panel = `${env.FRONTEND_BASE_URL.replace(/\/+$/, '')}/menu/perfil`;
const scopeOf = (actor: Actor) => new TenantScope(http.table, actor.empresaId);

export const handler = defineHttpFunction(
  googleRoutes,
  {
    pedirPermisoGoogle: ({ actor }) =>
      beginConsent({ ...consent, states: new OauthStateRepository(scopeOf(actor)) }, actor),
    volverDeGoogle: async ({ query, origin }) => {
      const outcome = await finishConsent(consent, query, origin.address);
      return reply('', { headers: { Location: `${panel}?${outcome}`, 'Cache-Control': 'no-store' } });
    },
    estadoGoogle: ({ actor }) => {
      const scope = scopeOf(actor);
      return readStatus({ connections: new GoogleConnectionRepository(scope), log: new SyncLogRepository(scope) });
    },
    desconectarGoogle: ({ actor, origin }) => {
      const scope = scopeOf(actor);
      const by = { actor, address: origin.address, now: http.clock.now() };
      const commit = (fact: AuditFact, writes: readonly Write[]) => new AuditTrail(scope).commit(by, fact, writes);
      return disconnect({
        scope,
        connections: new GoogleConnectionRepository(scope),
        grants: googleGrants(google),
        commit,
      });
    },
  },
  http,
);
