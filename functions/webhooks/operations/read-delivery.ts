import { EventRepository, openEvents } from '../../../shared/domain/event/event.repository.ts';
import { DeliveryRepository } from '../../../shared/domain/webhook/delivery.repository.ts';
import { type Attempt, type DeliveryRow, snippetPlace } from '../../../shared/domain/webhook/delivery.ts';
import { EndpointRepository } from '../../../shared/domain/webhook/endpoint.repository.ts';
import { payloadOf, testPayload } from '../../../shared/domain/webhook/payload.ts';
import { open } from '../../../shared/platform/crypto/sealed.ts';
import { notFound, type WebhookDeps } from './webhook-deps.ts';

type Deps = Pick<WebhookDeps, 'scope' | 'keys' | 'clock'>;

/**
 * One delivery with every attempt and what was sent.
 * @throws AppError `not_found`, also for what was dropped with its endpoint
 */
export async function readDelivery(deps: Deps, id: string) {
  const { scope } = deps;
  const row = await new DeliveryRepository(scope).find(id);
  if (row === undefined || row.expires_at * 1000 <= deps.clock.now().getTime()) throw notFound();
  if (row.status === 'pending' && (await new EndpointRepository(scope).find(row.endpoint)) === undefined) {
    throw notFound();
  }
  const [attempts, body] = await Promise.all([attemptsOf(deps, row), bodyOf(deps, row)]);
  return { ...row, attempts: [...attempts], payload: body === undefined ? null : JSON.parse(body) };
}

async function attemptsOf({ scope, keys }: Deps, row: DeliveryRow): Promise<readonly Attempt[]> {
  if (row.attempts.length === 0) return [];
  const key = await keys.dataKey(scope, 'guest-data');
  return row.attempts.map(({ sealed_snippet, ...attempt }) => ({
    ...attempt,
    response_snippet: open(key, snippetPlace(row.id, attempt.attempted_at), sealed_snippet),
  }));
}

async function bodyOf({ scope, keys, clock }: Deps, row: DeliveryRow): Promise<string | undefined> {
  if (row.event_number === null) return testPayload(row.created_at, scope.empresaId, row.message ?? '');
  const found = await new EventRepository(scope).find(row.event_number, clock.now());
  const [event] = await openEvents(keys, scope, found === undefined ? [] : [found]);
  return event && payloadOf(event);
}
