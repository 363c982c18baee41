import { AuditTrail } from '../../shared/domain/audit/audit-trail.ts';
import { AutoTaskTemplateRepository } from '../../shared/domain/auto-task/auto-task-template.repository.ts';
import { BookingRepository } from '../../shared/domain/booking/booking.repository.ts';
import { UserRepository } from '../../shared/domain/identity/user.repository.ts';
import { PropertyRepository } from '../../shared/domain/property/property.repository.ts';
import { TaskRepository } from '../../shared/domain/task/task.repository.ts';
import { TurnoverRepository } from '../../shared/domain/turnover/turnover.repository.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { nextNumbers } from '../../shared/platform/dynamo/counter.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { loading, type Origin } from '../../shared/platform/http/route.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { turnoversEnvironment } from './env.ts';
import { createTemplate } from './operations/create-template.ts';
import { deleteTemplate } from './operations/delete-template.ts';
import { editTemplate } from './operations/edit-template.ts';
import { listGaps } from './operations/list-gaps.ts';
import { listTemplates } from './operations/list-templates.ts';
import { listTurnovers } from './operations/list-turnovers.ts';
import { foundTemplate, shownTemplate, type TemplateDeps } from './operations/template-deps.ts';
import { turnoversRoutes } from './routes.ts';

const http = httpDeps(readEnvironment(turnoversEnvironment));

function depsOf(actor: Actor) {
  const scope = new TenantScope(http.table, actor.empresaId);
  const guestKey = () => http.tenantKeys.dataKey(scope, 'guest-data');
  return {
    bookings: new BookingRepository({ scope, guestKey, now: http.clock.now() }),
    turnovers: new TurnoverRepository(scope),
    tasks: new TaskRepository({ scope, guestKey }),
  };
}

function templateDepsOf({ actor, origin }: { readonly actor: Actor; readonly origin: Origin }): TemplateDeps {
  const scope = new TenantScope(http.table, actor.empresaId);
  const now = http.clock.now();
  const trail = new AuditTrail(scope);
  return {
    actor,
    now,
    templates: new AutoTaskTemplateRepository(scope),
    properties: new PropertyRepository(scope),
    people: new UserRepository(scope),
    nextId: () => nextNumbers(scope, 'auto-task-template', 1),
    commit: (fact, writes) => trail.commit({ actor, address: origin.address, now }, fact, writes),
  };
}

export const handler = defineHttpFunction(
  turnoversRoutes,
  {
    turnovers: ({ actor, query }) => listTurnovers(depsOf(actor), query),
    turnoverGaps: ({ actor, query }) => listGaps(depsOf(actor), query),
    autoTaskTemplates: (request) => listTemplates(templateDepsOf(request), request.query),
    createAutoTaskTemplate: (request) => createTemplate(templateDepsOf(request), request.body),
    autoTaskTemplate: async (request) => shownTemplate(await foundTemplate(templateDepsOf(request), request.params.id)),
    editAutoTaskTemplate: loading(async (request) => {
      const deps = templateDepsOf(request);
      const { id } = await foundTemplate(deps, request.params.id);
      return ({ body }) => editTemplate(deps, id, body);
    }),
    deleteAutoTaskTemplate: (request) => deleteTemplate(templateDepsOf(request), request.params.id),
  },
  http,
);
