import { bodyOf } from '../../../shared/domain/webhook/body.ts';
import { findCargo } from '../../../shared/domain/webhook/cargo.repository.ts';
import {
  type AttemptOutcome,
  DeliveryRepository,
  LONGEST_QUEUE_DELAY_MS,
} from '../../../shared/domain/webhook/delivery.repository.ts';
import { type AttemptRow, type DeliveryRow, snippetPlace } from '../../../shared/domain/webhook/delivery.ts';
import { type EndpointRow, openSecrets } from '../../../shared/domain/webhook/endpoint.ts';
import { waitAfter } from '../../../shared/domain/webhook/retry-schedule.ts';
import { type Clock, toUtcIso } from '../../../shared/platform/clock/clock.ts';
import { seal } from '../../../shared/platform/crypto/sealed.ts';
import type { TenantKeys } from '../../../shared/platform/crypto/tenant-keys.ts';
import type { Log } from '../../../shared/platform/log/log.ts';
import type { PublicTargets } from '../../../shared/platform/outbound/public-target.ts';
import type { WorkQueue } from '../../../shared/platform/queue/work-queue.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import { type CallOutcome, callEndpoint } from './call-endpoint.ts';
import { noteOutcome } from './note-outcome.ts';

export interface DeliverDeps {
  readonly keys: TenantKeys;
  readonly targets: PublicTargets;
  readonly queue: WorkQueue;
  readonly clock: Clock;
  readonly log: Log;
  /** Between 0 and 1, for the jitter of waits. */
  readonly random: () => number;
}

/** Above what an attempt may take, and what is written before and after it. */
const LEASE_MS = 45_000;

/**
 * One attempt of one delivery, when it is due. A message that comes twice finds it taken, done or not due; a crash
 * between the call and its note lets the sweeper bring it back, and the receiver knows the repeat by its `webhook-id`.
 */
export async function deliver(deps: DeliverDeps, scope: TenantScope, deliveryId: string): Promise<void> {
  const deliveries = new DeliveryRepository(scope);
  const seen = await deliveries.claim(deliveryId, deps.clock.now(), LEASE_MS);
  if (seen === undefined) return waitIfEarly(deps, scope, deliveryId);
  const { endpoint, event } = await findCargo(scope, seen, deps.clock.now());
  if (endpoint === undefined) return deliveries.remove(seen.id);
  const body = await bodyOf(deps.keys, scope, seen, event);
  const outcome = await attempted(deps, scope, { seen, endpoint, body });
  const settled = outcomeFor(deps, seen, outcome);
  const row = await attemptRowOf(deps, scope, seen, outcome);
  await deliveries.settle(seen, row, settled, deps.clock.now());
  deps.log.info('WEBHOOK_ATTEMPTED', {
    empresa_id: scope.empresaId,
    delivery_id: seen.id,
    attempt: seen.attempt_count + 1,
    status: outcome.statusCode,
    result: outcome.result,
    duration_ms: outcome.durationMs,
  });
  await noteOutcome(deps, scope, endpoint, outcome.result);
  if (settled.status === 'pending') await waitUntil(deps, scope, seen, settled.due);
}

/** The sweeper brings a delivery back a little before it is due. */
async function waitIfEarly(deps: DeliverDeps, scope: TenantScope, deliveryId: string): Promise<void> {
  const seen = await new DeliveryRepository(scope).find(deliveryId);
  if (seen?.status !== 'pending' || seen.due_at === null || seen.due_at <= deps.clock.now().getTime()) return;
  await waitUntil(deps, scope, seen, new Date(seen.due_at));
}

/** Short waits are the queue's; a longer one is the sweeper's, which brings the delivery back a little early. */
async function waitUntil(deps: DeliverDeps, scope: TenantScope, seen: DeliveryRow, due: Date): Promise<void> {
  const wait = due.getTime() - deps.clock.now().getTime();
  if (wait > LONGEST_QUEUE_DELAY_MS) return;
  await new DeliveryRepository(scope).waitInQueue(seen, due);
  const delaySeconds = Math.max(0, Math.ceil(wait / 1000));
  await deps.queue.send({ empresa_id: scope.empresaId, outbox_id: seen.id }, delaySeconds);
}

interface Attempted {
  readonly seen: DeliveryRow;
  readonly endpoint: EndpointRow;
  readonly body: string | undefined;
}

async function attempted(
  deps: DeliverDeps,
  scope: TenantScope,
  { seen, endpoint, body }: Attempted,
): Promise<CallOutcome | NotMade> {
  if (!endpoint.is_active) return notMade('The endpoint is switched off.');
  if (body === undefined) return notMade('The event is past its 30 days.');
  const secrets = openSecrets(await deps.keys.dataKey(scope, 'integrations'), endpoint);
  return callEndpoint(deps, { url: endpoint.url, id: seen.webhook_id, body, secrets });
}

/** An attempt that cannot be made: another would end the same way. */
type NotMade = Omit<CallOutcome, 'result'> & { readonly result: 'not_made' };

function notMade(error: string): NotMade {
  return { result: 'not_made', statusCode: null, durationMs: 0, error, snippet: '', askedWait: 0 };
}

function outcomeFor(deps: DeliverDeps, seen: DeliveryRow, outcome: CallOutcome | NotMade): AttemptOutcome {
  if (outcome.result === 'delivered') return { status: 'succeeded' };
  if (outcome.result !== 'failed') return { status: 'failed' };
  const wait = waitAfter(seen.attempt_count + 1, deps.random(), outcome.askedWait);
  if (wait === undefined) return { status: 'failed' };
  return { status: 'pending', due: new Date(deps.clock.now().getTime() + wait) };
}

async function attemptRowOf(
  { keys, clock }: DeliverDeps,
  scope: TenantScope,
  seen: DeliveryRow,
  { statusCode, durationMs, error, snippet }: CallOutcome | NotMade,
): Promise<AttemptRow> {
  const attempted_at = toUtcIso(clock.now());
  const key = await keys.dataKey(scope, 'guest-data');
  return {
    attempted_at,
    status_code: statusCode,
    duration_ms: durationMs,
    error,
    sealed_snippet: seal(key, snippetPlace(seen.id, attempted_at), snippet),
  };
}
