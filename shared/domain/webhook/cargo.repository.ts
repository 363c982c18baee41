import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { eventKey } from '../event/event.keys.ts';
import { type EventRow, eventRow, isKept } from '../event/event.ts';
import type { DeliveryRow } from './delivery.ts';
import { type EndpointRow, endpointRow } from './endpoint.ts';
import { endpointKey } from './webhook.keys.ts';

/** What a delivery needs to leave: where it goes and what it carries. */
export interface Cargo {
  /** Undefined when it was deleted. */
  readonly endpoint: EndpointRow | undefined;
  /** Undefined for a test, and when the event is past its time. */
  readonly event: EventRow | undefined;
}

/** Endpoint and event of a delivery, by one request. */
export async function findCargo(
  { empresaId, table }: TenantScope,
  { endpoint, event_number }: Pick<DeliveryRow, 'endpoint' | 'event_number'>,
  now: Date,
): Promise<Cargo> {
  const wanted = endpointKey(empresaId, endpoint);
  const keys = event_number === null ? [wanted] : [wanted, eventKey(empresaId, event_number)];
  const rows = await table.getMany(keys, { consistent: true });
  const found = rows.find(({ pk }) => pk === wanted.pk);
  const other = rows.find(({ pk }) => pk !== wanted.pk);
  const event = other === undefined ? undefined : eventRow.parse(other);
  return {
    endpoint: found === undefined ? undefined : endpointRow.parse(found),
    event: event !== undefined && isKept(event, now) ? event : undefined,
  };
}
