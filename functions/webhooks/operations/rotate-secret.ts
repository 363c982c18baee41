import { AuditTrail } from '../../../shared/domain/audit/audit-trail.ts';
import { EndpointRepository } from '../../../shared/domain/webhook/endpoint.repository.ts';
import { OLD_SECRET_MS, openSecrets, rotatedSecrets, sealSecrets } from '../../../shared/domain/webhook/endpoint.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import { newWebhookSecret } from '../../../shared/platform/crypto/webhook-signature.ts';
import { TransactionRefused } from '../../../shared/platform/dynamo/storage-errors.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { auditOrigin, type Caller, endpointOf, type WebhookDeps } from './webhook-deps.ts';

/**
 * Gives an endpoint a new secret. For 24 hours the old one signs as well, so that receivers can change over; one from
 * before an earlier rotation ends at once.
 * @throws AppError `not_found`, `conflict` when somebody else rotates at the same time
 */
export async function rotateSecret({ scope, keys, clock }: WebhookDeps, caller: Caller, id: string) {
  const endpoints = new EndpointRepository(scope);
  const seen = await endpointOf(endpoints, id);
  const now = clock.now();
  const until = toUtcIso(new Date(now.getTime() + OLD_SECRET_MS));
  const secret = newWebhookSecret();
  const key = await keys.dataKey(scope, 'integrations');
  const sealed = sealSecrets(key, id, rotatedSecrets(openSecrets(key, seen), secret, until));
  const fact = { accion: 'webhook.rotar_secreto', entidad: 'webhook', entidad_id: id, cambios: {} };
  try {
    const writes = [endpoints.rotationWrite(seen, sealed, now)];
    await new AuditTrail(scope).commit(auditOrigin(caller, now), fact, writes);
  } catch (thrown) {
    if (!(thrown instanceof TransactionRefused)) throw thrown;
    throw new AppError('conflict', 'The secret was rotated by somebody else just now. Try again if you still want to.');
  }
  return { id, secret, previous_secret_expires_at: until };
}
