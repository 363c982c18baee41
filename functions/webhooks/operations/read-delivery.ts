import { bodyOf } from '../../../shared/domain/webhook/body.ts';
import { findCargo } from '../../../shared/domain/webhook/cargo.repository.ts';
import { DeliveryRepository } from '../../../shared/domain/webhook/delivery.repository.ts';
import { type Attempt, type DeliveryRow, snippetPlace } from '../../../shared/domain/webhook/delivery.ts';
import { open } from '../../../shared/platform/crypto/sealed.ts';
import { notFound, type WebhookDeps } from './webhook-deps.ts';

type Deps = Pick<WebhookDeps, 'scope' | 'keys' | 'clock'>;

/**
 * One delivery with every attempt and what was sent.
 * @throws AppError `not_found`, also for what was dropped with its endpoint
 */
export async function readDelivery(deps: Deps, id: string) {
  const { scope, keys, clock } = deps;
  const row = await new DeliveryRepository(scope).find(id);
  if (row === undefined || row.expires_at * 1000 <= clock.now().getTime()) throw notFound();
  const { endpoint, event } = await findCargo(scope, row, clock.now());
  if (row.status === 'pending' && endpoint === undefined) throw notFound();
  const [attempts, body] = await Promise.all([attemptsOf(deps, row), bodyOf(keys, scope, row, event)]);
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
