import { enqueueEntry } from '../../../shared/domain/outbox/enqueue-entry.ts';
import { DeliveryRepository } from '../../../shared/domain/webhook/delivery.repository.ts';
import { DELIVERY_KEPT_DAYS, type NewDelivery } from '../../../shared/domain/webhook/delivery.ts';
import { EndpointRepository } from '../../../shared/domain/webhook/endpoint.repository.ts';
import { endpointOf, notFound, refuseSwitchedOff, type WebhookDeps } from './webhook-deps.ts';

const TEST_MESSAGE = 'This is a test of your endpoint.';
const DAY_S = 86_400;

/**
 * Sends an endpoint an event that says nothing but that it is a test.
 * @throws AppError `not_found`, `invalid` for an endpoint that is switched off
 */
export async function testEndpoint(deps: WebhookDeps, id: string) {
  refuseSwitchedOff(await endpointOf(new EndpointRepository(deps.scope), id));
  const now = deps.clock.now();
  return started(deps, {
    endpoint: id,
    event_type: 'webhook.test',
    webhook_id: deps.ulid('msg', now),
    event_number: null,
    message: TEST_MESSAGE,
    expires_at: Math.floor(now.getTime() / 1000) + DELIVERY_KEPT_DAYS * DAY_S,
  });
}

/**
 * Delivers once more what a delivery carries, to the same endpoint and under the same `webhook-id`, on a schedule of
 * its own. The earlier delivery stays in the log as it is.
 * @throws AppError `not_found`, `invalid` for an endpoint that is switched off
 */
export async function redeliver(deps: WebhookDeps, id: string) {
  const seen = await new DeliveryRepository(deps.scope).find(id);
  if (seen === undefined) throw notFound();
  refuseSwitchedOff(await endpointOf(new EndpointRepository(deps.scope), seen.endpoint));
  const { endpoint, event_type, webhook_id, event_number, message, expires_at } = seen;
  return started(deps, { endpoint, event_type, webhook_id, event_number, message, expires_at });
}

async function started({ scope, queue, log, clock, ulid }: WebhookDeps, wanted: Omit<NewDelivery, 'id'>) {
  const now = clock.now();
  const id = ulid('dlv', now);
  await scope.table.transact([new DeliveryRepository(scope).additionOf({ id, ...wanted }, now)]);
  await enqueueEntry({ queue, log }, scope.empresaId, id);
  return { delivery_id: id };
}
