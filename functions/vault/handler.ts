import { AuditTrail } from '../../shared/domain/audit/audit-trail.ts';
import { CompanyRepository } from '../../shared/domain/company/company.repository.ts';
import { IntegrationRepository } from '../../shared/domain/integration/integration.repository.ts';
import { type CommitTemplate, TemplateRepository } from '../../shared/domain/template/template.repository.ts';
import { templateFact } from '../../shared/domain/template/template-audit.ts';
import { AiUsageRepository } from '../../shared/domain/vault/ai-usage.repository.ts';
import { SystemPromptRepository } from '../../shared/domain/vault/system-prompt.repository.ts';
import { aiClients } from '../../shared/platform/ai/ai-clients.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import type { Origin } from '../../shared/platform/http/route.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { callOut } from '../../shared/platform/outbound/outbound-call.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { vaultEnvironment } from './env.ts';
import { changeTemplate } from './operations/change-template.ts';
import { createTemplate } from './operations/create-template.ts';
import { improveText } from './operations/improve-text.ts';
import { listTemplates } from './operations/list-templates.ts';
import { readAiConfig } from './operations/read-ai-config.ts';
import { readAiUsage } from './operations/read-ai-usage.ts';
import { retireTemplate } from './operations/retire-template.ts';
import { translateText } from './operations/translate-text.ts';
import { vaultRoutes } from './routes.ts';

const env = readEnvironment(vaultEnvironment);
const http = httpDeps(env);
const keys = tenantKeys(env.KMS_KEY_ID, http.clock);
const shared = {
  prompts: new SystemPromptRepository(http.table),
  sharedKey: () => http.secrets.read('AI_DEFAULT_API_KEY'),
  clients: aiClients(env, callOut),
  models: {
    shared: { vendor: env.AI_DEFAULT_PROVIDER, model: env.AI_DEFAULT_MODEL },
    ofVendor: { gemini: env.AI_GEMINI_MODELS, openai: env.AI_OPENAI_MODELS, claude: env.AI_CLAUDE_MODELS },
  },
  limits: { daily: env.AI_FREE_LIMIT_DAILY, weekly: env.AI_FREE_LIMIT_WEEKLY },
  clock: http.clock,
  ids: randomIds,
  log: http.log,
};

/** Everything that belongs to the caller's company. */
function ofCompany({ empresaId }: Actor) {
  const scope = new TenantScope(http.table, empresaId);
  return {
    empresaId,
    templates: new TemplateRepository(scope),
    integrations: new IntegrationRepository(scope),
    companies: new CompanyRepository(scope),
    usage: new AiUsageRepository(scope),
    dataKey: () => keys.dataKey(scope, 'integrations'),
  };
}

/** Changes of templates, which the audit trail tells. */
function writing({ actor, origin }: { readonly actor: Actor; readonly origin: Origin }) {
  const { empresaId, templates } = ofCompany(actor);
  const at = http.clock.now();
  const trail = new AuditTrail(new TenantScope(http.table, empresaId));
  const committing =
    (accion: Parameters<typeof templateFact>[0]): CommitTemplate =>
    ({ before, after }, writes) =>
      trail.commit({ actor, address: origin.address, now: at }, templateFact(accion, before, after), writes);
  // To the millisecond: lists are ordered by it.
  return { empresaId, templates, committing, ids: randomIds, now: at.toISOString() };
}

export const handler = defineHttpFunction(
  vaultRoutes,
  {
    listarPlantillas: ({ actor, query }) => listTemplates(ofCompany(actor), query),
    crearPlantilla: (request) => createTemplate(writing(request), request.body),
    cambiarPlantilla: (request) => changeTemplate(writing(request), request.params.id, request.body),
    borrarPlantilla: (request) => retireTemplate(writing(request), request.params.id),
    mejorarTexto: ({ actor, params, body }) => improveText({ ...shared, ...ofCompany(actor) }, params.id, body),
    traducirTexto: ({ actor, params, body }) => translateText({ ...shared, ...ofCompany(actor) }, params.id, body),
    usoIa: ({ actor }) => readAiUsage({ ...ofCompany(actor), limits: shared.limits, now: http.clock.now() }),
    configIa: ({ actor }) => readAiConfig(ofCompany(actor)),
  },
  http,
);
