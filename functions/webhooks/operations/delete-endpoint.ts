import { AuditTrail } from '../../../shared/domain/audit/audit-trail.ts';
import { EndpointRepository } from '../../../shared/domain/webhook/endpoint.repository.ts';
import { TransactionRefused } from '../../../shared/platform/dynamo/storage-errors.ts';
import { auditOrigin, type Caller, notFound, type WebhookDeps } from './webhook-deps.ts';

/**
 * Deletes an endpoint. What was still to be delivered to it is in no list from now on and is never sent; its rows go
 * when their turn comes.
 * @throws AppError `not_found`
 */
export async function deleteEndpoint({ scope, clock }: WebhookDeps, caller: Caller, id: string): Promise<undefined> {
  const now = clock.now();
  const fact = { accion: 'webhook.borrar', entidad: 'webhook', entidad_id: id, cambios: {} };
  try {
    const writes = new EndpointRepository(scope).removalWrites(id);
    await new AuditTrail(scope).commit(auditOrigin(caller, now), fact, writes);
  } catch (thrown) {
    if (thrown instanceof TransactionRefused) throw notFound();
    throw thrown;
  }
}
