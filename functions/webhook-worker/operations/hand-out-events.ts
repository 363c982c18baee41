import { EventRepository } from '../../../shared/domain/event/event.repository.ts';
import type { EventRow } from '../../../shared/domain/event/event.ts';
import { eventsWorkId } from '../../../shared/domain/event/event-head.ts';
import { DeliveryRepository } from '../../../shared/domain/webhook/delivery.repository.ts';
import type { NewDelivery } from '../../../shared/domain/webhook/delivery.ts';
import { EndpointRepository } from '../../../shared/domain/webhook/endpoint.repository.ts';
import { type EndpointRow, listensTo } from '../../../shared/domain/webhook/endpoint.ts';
import { type HandOut, HandOutRepository } from '../../../shared/domain/webhook/hand-out.repository.ts';
import type { Clock } from '../../../shared/platform/clock/clock.ts';
import type { NewUlid } from '../../../shared/platform/ids/ulid.ts';
import type { BatchQueue } from '../../../shared/platform/queue/work-queue.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';

export interface HandOutDeps {
  readonly clock: Clock;
  readonly ulid: NewUlid;
  readonly queue: BatchQueue;
}

/** A transaction holds 100 writes, one of them the cursor. */
const MOST_DELIVERIES = 99;
/** Rounds of one turn: a company whose events do not end leaves the worker to others. */
const ROUNDS = 50;

/**
 * Makes a delivery of each new event for each endpoint that listens to it. A message that comes twice finds nothing
 * new. Of two at once one moves the cursor; the other leaves the rest to it, which looks at the log again afterwards.
 */
export async function handOutEvents(deps: HandOutDeps, scope: TenantScope): Promise<void> {
  const handOuts = new HandOutRepository(scope);
  for (let round = 0; round < ROUNDS; round += 1) {
    const [seen, all] = await Promise.all([handOuts.find(), new EndpointRepository(scope).list()]);
    const endpoints = all.filter(({ is_active }) => is_active);
    const from = firstNumber(seen, endpoints);
    if (from > seen.head.number) {
      if (await handOuts.rest(seen.head)) return;
      continue;
    }
    const limit = Math.floor(MOST_DELIVERIES / Math.max(1, endpoints.length));
    const now = deps.clock.now();
    const events = await new EventRepository(scope).listBetween(from, seen.head.number, limit, now);
    // Fewer than asked for: there are no more, whatever has expired between.
    const through = events.length === limit ? (events.at(-1)?.number ?? seen.head.number) : seen.head.number;
    const additions = deliveriesOf(deps, events, endpoints, now);
    const repository = new DeliveryRepository(scope);
    const writes = additions.map((addition) => repository.additionOf(addition, now));
    if (!(await handOuts.moveOn(seen.handedOut, through, writes))) return;
    await deps.queue.sendAll(additions.map(({ id }) => ({ empresa_id: scope.empresaId, outbox_id: id })));
  }
  await deps.queue.send({ empresa_id: scope.empresaId, outbox_id: eventsWorkId(scope.empresaId) });
}

/** The first event that somebody may not have been told of; without endpoints that listen, none. */
function firstNumber({ head, handedOut }: HandOut, endpoints: readonly EndpointRow[]): number {
  if (endpoints.length === 0) return head.number + 1;
  return Math.max(handedOut ?? 0, Math.min(...endpoints.map(({ since }) => since))) + 1;
}

function deliveriesOf(
  { ulid }: HandOutDeps,
  events: readonly EventRow[],
  endpoints: readonly EndpointRow[],
  now: Date,
): readonly NewDelivery[] {
  return events.flatMap((event) =>
    endpoints
      .filter((endpoint) => listensTo(endpoint, event))
      .map((endpoint) => ({
        id: ulid('dlv', now),
        endpoint: endpoint.id,
        event_type: event.type,
        webhook_id: event.id,
        event_number: event.number,
        message: null,
        expires_at: event.expires_at,
      })),
  );
}
