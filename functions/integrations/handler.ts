import type { AuditFact } from '../../shared/domain/audit/audit-entry.ts';
import { AuditTrail } from '../../shared/domain/audit/audit-trail.ts';
import { IntegrationRepository } from '../../shared/domain/integration/integration.repository.ts';
import { pmsAddresses } from '../../shared/domain/integration/pms-addresses.ts';
import type { PmsCredential } from '../../shared/domain/integration/pms-credential.ts';
import { tryPmsCredential } from '../../shared/domain/integration/pms-trial.ts';
import { PmsConnectionRepository } from '../../shared/domain/pms/pms-connection.repository.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { toOffsetIso } from '../../shared/platform/clock/clock.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import type { Write } from '../../shared/platform/dynamo/table.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import type { Origin } from '../../shared/platform/http/route.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { callOut } from '../../shared/platform/outbound/outbound-call.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { integrationsEnvironment } from './env.ts';
import { readDiscord } from './operations/read-discord.ts';
import { readIntegrations } from './operations/read-integrations.ts';
import { readPmsConfig } from './operations/read-pms-config.ts';
import { removeIntegration, removePmsConfig } from './operations/remove-integration.ts';
import { saveAi } from './operations/save-ai.ts';
import { saveDiscord } from './operations/save-discord.ts';
import { savePms } from './operations/save-pms.ts';
import { savePmsConfig } from './operations/save-pms-config.ts';
import { integrationsRoutes } from './routes.ts';

const env = readEnvironment(integrationsEnvironment);
const http = httpDeps(env);
const { tenantKeys: keys } = http;
const trial = { addresses: pmsAddresses(env), callOut, clock: http.clock, ids: randomIds };

const scopeOf = (actor: Actor) => new TenantScope(http.table, actor.empresaId);

function depsOf({ actor, origin }: { actor: Actor; origin: Origin }) {
  const scope = scopeOf(actor);
  const now = http.clock.now();
  const by = { actor, address: origin.address, now };
  return {
    integrations: new IntegrationRepository(scope),
    connections: new PmsConnectionRepository(scope),
    dataKey: () => keys.dataKey(scope, 'integrations'),
    tryCredential: (credential: PmsCredential) => tryPmsCredential(trial, credential),
    commit: (fact: AuditFact, writes: readonly Write[]) => new AuditTrail(scope).commit(by, fact, writes),
    now: toOffsetIso(now),
  };
}

export const handler = defineHttpFunction(
  integrationsRoutes,
  {
    leerIntegraciones: ({ actor }) => readIntegrations({ integrations: new IntegrationRepository(scopeOf(actor)) }),
    guardarPms: (request) => savePms(depsOf(request), request.body),
    borrarPms: (request) => removeIntegration(depsOf(request), 'pms'),
    leerConfigPms: ({ actor }) => readPmsConfig({ connections: new PmsConnectionRepository(scopeOf(actor)) }),
    guardarConfigPms: (request) => savePmsConfig(depsOf(request), request.body),
    borrarConfigPms: (request) => removePmsConfig(depsOf(request)),
    guardarIa: (request) => saveAi(depsOf(request), request.body),
    borrarIa: (request) => removeIntegration(depsOf(request), 'ia'),
    leerDiscord: ({ actor }) => readDiscord({ integrations: new IntegrationRepository(scopeOf(actor)) }),
    guardarDiscord: (request) => saveDiscord(depsOf(request), request.body),
    borrarDiscord: (request) => removeIntegration(depsOf(request), 'discord'),
  },
  http,
);
