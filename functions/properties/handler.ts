import { AuditTrail } from '../../shared/domain/audit/audit-trail.ts';
import { BookingRepository } from '../../shared/domain/booking/booking.repository.ts';
import { CompanyRepository } from '../../shared/domain/company/company.repository.ts';
import { PropertyRepository } from '../../shared/domain/property/property.repository.ts';
import { TaskRepository } from '../../shared/domain/task/task.repository.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { nextNumbers } from '../../shared/platform/dynamo/counter.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { loading, type Origin } from '../../shared/platform/http/route.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { propertiesEnvironment } from './env.ts';
import { createProperty } from './operations/create-property.ts';
import { createUnit } from './operations/create-unit.ts';
import { deleteProperty } from './operations/delete-property.ts';
import { deleteUnit } from './operations/delete-unit.ts';
import { editProperty } from './operations/edit-property.ts';
import { editUnit } from './operations/edit-unit.ts';
import { listProperties, searchProperties } from './operations/list-properties.ts';
import { foundProperty, foundUnit, type PropertyDeps } from './operations/property-deps.ts';
import { readProperty } from './operations/read-property.ts';
import { propertiesRoutes } from './routes.ts';

const http = httpDeps(readEnvironment(propertiesEnvironment));

function depsOf({ actor, origin }: { readonly actor: Actor; readonly origin: Origin }): PropertyDeps {
  const scope = new TenantScope(http.table, actor.empresaId);
  const now = http.clock.now();
  const guestKey = () => http.tenantKeys.dataKey(scope, 'guest-data');
  const trail = new AuditTrail(scope);
  const by = { actor, address: origin.address, now };
  return {
    actor,
    now,
    properties: new PropertyRepository(scope),
    bookings: new BookingRepository({ scope, guestKey, now }),
    tasks: new TaskRepository({ scope, guestKey }),
    company: new CompanyRepository(scope),
    nextIds: (entity, count) => nextNumbers(scope, entity, count),
    committing: (fact) => (writes) => trail.commit(by, fact, writes),
  };
}

export const handler = defineHttpFunction(
  propertiesRoutes,
  {
    listProperties: (request) => listProperties(depsOf(request), request.query),
    createProperty: (request) => createProperty(depsOf(request), request.body),
    searchProperties: (request) => searchProperties(depsOf(request), request.query),
    readProperty: (request) => readProperty(depsOf(request), request.params.id),
    editProperty: loading(async (request) => {
      const deps = depsOf(request);
      await foundProperty(deps, request.params.id);
      return ({ body, params }) => editProperty(deps, params.id, body);
    }),
    deleteProperty: (request) => deleteProperty(depsOf(request), request.params.id),
    createUnit: loading(async (request) => {
      const deps = depsOf(request);
      await foundProperty(deps, request.params.id);
      return ({ body, params }) => createUnit(deps, params.id, body);
    }),
    editUnit: loading(async (request) => {
      const deps = depsOf(request);
      await foundUnit(deps, request.params);
      return ({ body, params }) => editUnit(deps, params, body);
    }),
    deleteUnit: (request) => deleteUnit(depsOf(request), request.params),
  },
  http,
);
