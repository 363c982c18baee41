import { EVENT_TYPE_NAMES, EVENT_TYPES } from '../../shared/domain/event/event-types.ts';
import { EndpointRepository } from '../../shared/domain/webhook/endpoint.repository.ts';
import type { Actor } from '../../shared/platform/auth/actor.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { tenantKeys } from '../../shared/platform/crypto/tenant-keys.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { orderRows, pageOf } from '../../shared/platform/http/numbered-list.ts';
import { loading } from '../../shared/platform/http/route.ts';
import { prefixedUlid } from '../../shared/platform/ids/ulid.ts';
import { publicTargets } from '../../shared/platform/outbound/public-target.ts';
import { workQueue } from '../../shared/platform/queue/work-queue.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { webhooksEnvironment } from './env.ts';
import { changeEndpoint } from './operations/change-endpoint.ts';
import { createEndpoint } from './operations/create-endpoint.ts';
import { deleteEndpoint } from './operations/delete-endpoint.ts';
import { listDeliveries } from './operations/list-deliveries.ts';
import { listEvents } from './operations/list-events.ts';
import { readDelivery } from './operations/read-delivery.ts';
import { rotateSecret } from './operations/rotate-secret.ts';
import { redeliver, testEndpoint } from './operations/start-delivery.ts';
import { endpointOf } from './operations/webhook-deps.ts';
import { webhooksRoutes } from './routes.ts';

const env = readEnvironment(webhooksEnvironment);
const http = httpDeps(env);
const common = {
  clock: http.clock,
  log: http.log,
  ulid: prefixedUlid,
  keys: tenantKeys(env.KMS_KEY_ID, http.clock),
  targets: publicTargets(env.PRIVATE_TARGETS),
  queue: workQueue(env.WEBHOOKS_QUEUE_URL),
};
const depsOf = ({ empresaId }: Actor) => ({ ...common, scope: new TenantScope(http.table, empresaId) });
const endpointsOf = (actor: Actor) => new EndpointRepository(depsOf(actor).scope);
const EVENT_TYPE_LIST = EVENT_TYPE_NAMES.map((type) => ({ type, description: EVENT_TYPES[type].description }));

export const handler = defineHttpFunction(
  webhooksRoutes,
  {
    listEvents: ({ actor, query }) => listEvents(depsOf(actor), env.PUBLIC_BASE_URL, query),
    listEventTypes: async () => ({ count: EVENT_TYPE_LIST.length, results: EVENT_TYPE_LIST }),
    listEndpoints: async ({ actor, query }) => {
      const rows = await endpointsOf(actor).list();
      return pageOf(
        orderRows(rows, query.ordering, ({ created_at }) => created_at),
        query,
      );
    },
    createEndpoint: ({ actor, origin, body }) => createEndpoint(depsOf(actor), { actor, origin }, body),
    readEndpoint: ({ actor, params }) => endpointOf(endpointsOf(actor), params.id),
    changeEndpoint: loading(async ({ actor, params, origin }) => {
      const seen = await endpointOf(endpointsOf(actor), params.id);
      return ({ body }) => changeEndpoint(depsOf(actor), { actor, origin }, seen, body);
    }),
    deleteEndpoint: ({ actor, params, origin }) => deleteEndpoint(depsOf(actor), { actor, origin }, params.id),
    rotateEndpointSecret: ({ actor, params, origin }) => rotateSecret(depsOf(actor), { actor, origin }, params.id),
    testEndpoint: ({ actor, params }) => testEndpoint(depsOf(actor), params.id),
    listDeliveries: ({ actor, query }) => listDeliveries(depsOf(actor), query),
    readDelivery: ({ actor, params }) => readDelivery(depsOf(actor), params.id),
    redeliver: ({ actor, params }) => redeliver(depsOf(actor), params.id),
  },
  http,
);
