import { AuditTrail } from '../../../shared/domain/audit/audit-trail.ts';
import { EventRepository } from '../../../shared/domain/event/event.repository.ts';
import { EndpointRepository } from '../../../shared/domain/webhook/endpoint.repository.ts';
import { type EndpointRow, MOST_ENDPOINTS, sealSecrets } from '../../../shared/domain/webhook/endpoint.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import { newWebhookSecret } from '../../../shared/platform/crypto/webhook-signature.ts';
import { TransactionRefused } from '../../../shared/platform/dynamo/storage-errors.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { EndpointBody } from '../schemas.ts';
import { checkUrl } from './check-url.ts';
import { auditOrigin, type Caller, type WebhookDeps } from './webhook-deps.ts';

/**
 * Registers an endpoint, which hears of what happens from now on.
 * @returns the endpoint with its secret, which nobody is shown again
 * @throws AppError `invalid` for an address that must not be called, or beyond ten endpoints
 */
export async function createEndpoint(deps: WebhookDeps, caller: Caller, body: EndpointBody) {
  const { scope, keys, clock, ulid } = deps;
  await checkUrl(deps.targets, body.url);
  const now = clock.now();
  const id = ulid('ep', now);
  const secret = newWebhookSecret();
  const key = await keys.dataKey(scope, 'integrations');
  const row: EndpointRow = {
    id,
    url: body.url,
    description: body.description ?? '',
    event_types: body.event_types,
    is_active: body.is_active ?? true,
    disabled_reason: null,
    created_at: toUtcIso(now),
    updated_at: toUtcIso(now),
    last_success_at: null,
    last_failure_at: null,
    since: (await new EventRepository(scope).findHead()).number,
    sealed: sealSecrets(key, id, { current: secret }),
  };
  const cambios = { host: new URL(row.url).host, event_types: row.event_types.join(', '), is_active: row.is_active };
  const fact = { accion: 'webhook.crear', entidad: 'webhook', entidad_id: id, cambios };
  try {
    const writes = new EndpointRepository(scope).creationWrites(row);
    await new AuditTrail(scope).commit(auditOrigin(caller, now), fact, writes);
  } catch (thrown) {
    if (!(thrown instanceof TransactionRefused)) throw thrown;
    throw new AppError('invalid', `A company has at most ${MOST_ENDPOINTS} endpoints. Delete one first.`);
  }
  return { ...row, secret };
}
