import { TemplateRepository } from '../../shared/domain/template/template.repository.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { ok } from '../../shared/platform/http/answers.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { arrivalsEnvironment } from './env.ts';
import { changeTemplate } from './operations/change-template.ts';
import { createTemplate } from './operations/create-template.ts';
import { removeTemplate } from './operations/remove-template.ts';
import { arrivalsRoutes } from './routes.ts';

const http = httpDeps(readEnvironment(arrivalsEnvironment));
const scopeOf = (actor: Actor) => new TenantScope(http.table, actor.empresaId);
const writing = (actor: Actor) => ({
  templates: new TemplateRepository(scopeOf(actor)),
  clock: http.clock,
  ids: randomIds,
});

export const handler = defineHttpFunction(
  arrivalsRoutes,
  {
    listarPlantillasTardias: async ({ actor }) =>
      ok({ plantillas: [...(await writing(actor).templates.listLateCheckin())] }),
    crearPlantillaTardia: ({ actor, body }) => createTemplate(writing(actor), actor.empresaId, body),
    cambiarPlantillaTardia: ({ actor, params, body }) => changeTemplate(writing(actor), params.id, body),
    borrarPlantillaTardia: ({ actor, params }) => removeTemplate(writing(actor), params.id),
  },
  http,
);
