import type { TenantKeys } from '../../platform/crypto/tenant-keys.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { type EventRow, openEvent } from '../event/event.ts';
import type { DeliveryRow } from './delivery.ts';
import { payloadOf, testPayload } from './payload.ts';

/**
 * The body of a delivery, the same at every attempt.
 * @param event the one that the delivery names; undefined for a test
 * @returns undefined when the event is past its time
 */
export async function bodyOf(
  keys: TenantKeys,
  scope: TenantScope,
  delivery: Pick<DeliveryRow, 'event_number' | 'created_at' | 'message'>,
  event: EventRow | undefined,
): Promise<string | undefined> {
  const { event_number, created_at, message } = delivery;
  if (event_number === null) return testPayload(created_at, scope.empresaId, message ?? '');
  if (event === undefined) return undefined;
  return payloadOf(openEvent(await keys.dataKey(scope, 'guest-data'), scope.empresaId, event));
}
