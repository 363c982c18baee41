import { DeliveryRepository } from '../../../shared/domain/webhook/delivery.repository.ts';
import type { DeliveryRow } from '../../../shared/domain/webhook/delivery.ts';
import { EndpointRepository } from '../../../shared/domain/webhook/endpoint.repository.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import { type NumberedPage, orderRows, pageOf } from '../../../shared/platform/http/numbered-list.ts';
import type { DeliveriesQuery } from '../schemas.ts';
import type { WebhookDeps } from './webhook-deps.ts';

/** A list is counted, so it is read whole: this many of the newest at most (`aristay.md` §10.6). */
const MOST_READ = 10_000;

/** The delivery log, without what was dropped with its endpoint. */
export async function listDeliveries(
  { scope, clock }: Pick<WebhookDeps, 'scope' | 'clock'>,
  query: DeliveriesQuery,
): Promise<NumberedPage<DeliveryRow>> {
  const { created_at__gte: from, created_at__lte: to } = query;
  const [rows, endpoints] = await Promise.all([
    new DeliveryRepository(scope).listNewest({ from, to }, MOST_READ),
    new EndpointRepository(scope).list(),
  ]);
  const present = new Set(endpoints.map(({ id }) => id));
  const now = clock.now();
  const wanted = rows.filter(
    (row) =>
      isKept(row, now) &&
      (row.status !== 'pending' || present.has(row.endpoint)) &&
      matches(query.endpoint, row.endpoint) &&
      matches(query.event_type, row.event_type) &&
      matches(query.status, row.status) &&
      (from === undefined || row.created_at >= toUtcIso(from)) &&
      (to === undefined || row.created_at <= toUtcIso(to)),
  );
  return pageOf(
    orderRows(wanted, query.ordering, ({ created_at }) => created_at),
    query,
  );
}

function matches(filter: string | undefined, value: string): boolean {
  return filter === undefined || filter === value;
}

/** TTL may delete days late. */
function isKept({ expires_at }: DeliveryRow, now: Date): boolean {
  return expires_at * 1000 > now.getTime();
}
