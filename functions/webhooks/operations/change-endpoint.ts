import { AuditTrail } from '../../../shared/domain/audit/audit-trail.ts';
import { type EndpointChanges, EndpointRepository } from '../../../shared/domain/webhook/endpoint.repository.ts';
import type { EndpointRow } from '../../../shared/domain/webhook/endpoint.ts';
import { TransactionRefused } from '../../../shared/platform/dynamo/storage-errors.ts';
import type { EndpointChangesBody } from '../schemas.ts';
import { checkUrl } from './check-url.ts';
import { auditOrigin, type Caller, endpointOf, notFound, type WebhookDeps } from './webhook-deps.ts';

/**
 * Changes an endpoint. Switching it on again clears why it was off, and lets it hear of what happens from then on; what
 * it has missed is in the event log. Nothing given changes nothing.
 * @throws AppError `not_found`, `invalid` for an address that must not be called
 */
export async function changeEndpoint(
  { scope, targets, clock }: WebhookDeps,
  caller: Caller,
  seen: EndpointRow,
  body: EndpointChangesBody,
): Promise<EndpointRow> {
  if (body.url !== undefined && body.url !== seen.url) await checkUrl(targets, body.url);
  const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as EndpointChanges;
  if (Object.keys(given).length === 0) return seen;
  const changes: EndpointChanges = given.is_active === undefined ? given : { ...given, disabled_reason: null };
  const now = clock.now();
  const endpoints = new EndpointRepository(scope);
  const fact = { accion: 'webhook.editar', entidad: 'webhook', entidad_id: seen.id, cambios: auditedChanges(given) };
  try {
    const writes = [endpoints.changeWrite(seen.id, changes, now)];
    await new AuditTrail(scope).commit(auditOrigin(caller, now), fact, writes);
  } catch (thrown) {
    if (thrown instanceof TransactionRefused) throw notFound();
    throw thrown;
  }
  return endpointOf(endpoints, seen.id);
}

/** An address may carry a token: of it the host is told. */
function auditedChanges({ url, event_types, description, is_active }: EndpointChanges) {
  return {
    ...(url !== undefined && { host: new URL(url).host }),
    ...(event_types !== undefined && { event_types: event_types.join(', ') }),
    ...(description !== undefined && { description }),
    ...(is_active !== undefined && { is_active }),
  };
}
