import type { AuditFact } from '../../shared/domain/audit/audit-entry.ts';
import { AuditTrail } from '../../shared/domain/audit/audit-trail.ts';
import { SystemPromptRepository } from '../../shared/domain/vault/system-prompt.repository.ts';
import { toOffsetIso } from '../../shared/platform/clock/clock.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import type { Write } from '../../shared/platform/dynamo/table.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { systemPromptsEnvironment } from './env.ts';
import { readPrompt } from './operations/read-prompt.ts';
import { savePrompt } from './operations/save-prompt.ts';
import { systemPromptsRoutes } from './routes.ts';

const http = httpDeps(readEnvironment(systemPromptsEnvironment));
const prompts = new SystemPromptRepository(http.table);

export const handler = defineHttpFunction(
  systemPromptsRoutes,
  {
    leerSystemPrompt: ({ params }) => readPrompt({ prompts }, params.nombre),
    guardarSystemPrompt: ({ actor, params, body, origin }) => {
      const now = http.clock.now();
      const trail = new AuditTrail(new TenantScope(http.table, actor.empresaId));
      const deps = {
        prompts,
        commit: (fact: AuditFact, writes: readonly Write[]) =>
          trail.commit({ actor, address: origin.address, now }, fact, writes),
        now: toOffsetIso(now),
      };
      return savePrompt(deps, params.nombre, body);
    },
  },
  http,
);
