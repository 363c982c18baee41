import { AuditTrail } from '../../../shared/domain/audit/audit-trail.ts';
import { UserRepository } from '../../../shared/domain/identity/user.repository.ts';
import { NotificationRepository } from '../../../shared/domain/notification/notification.repository.ts';
import { EndpointRepository } from '../../../shared/domain/webhook/endpoint.repository.ts';
import { type EndpointRow, FAILING_MS } from '../../../shared/domain/webhook/endpoint.ts';
import { type Clock, toUtcIso } from '../../../shared/platform/clock/clock.ts';
import { TransactionRefused } from '../../../shared/platform/dynamo/storage-errors.ts';
import type { Log } from '../../../shared/platform/log/log.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';

interface Deps {
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * What an attempt means for its endpoint: one that says it is gone, or that nothing has reached for five days, is
 * switched off and the company's admins are told. It is never deleted.
 */
export async function noteOutcome(
  deps: Deps,
  scope: TenantScope,
  seen: EndpointRow,
  result: 'delivered' | 'gone' | 'failed' | 'not_made',
): Promise<void> {
  const endpoints = new EndpointRepository(scope);
  const now = deps.clock.now();
  if (result === 'not_made') return;
  if (result === 'delivered') {
    const isNoted = seen.failing_since === undefined && seen.last_success_at === toUtcIso(now);
    return isNoted ? undefined : endpoints.noteSuccess(seen.id, now);
  }
  const row = await endpoints.noteFailure(seen.id, now);
  if (row === undefined || !row.is_active) return;
  if (result === 'gone') return disable(deps, scope, row, 'gone');
  const failing = now.getTime() - Date.parse(row.failing_since ?? row.updated_at);
  if (failing >= FAILING_MS) await disable(deps, scope, row, 'failing');
}

const WHY = {
  failing: 'nothing has reached it for five days',
  gone: 'it answered that it is gone (410)',
} as const;

/** Audit entry, notifications and the switch stand together; whoever comes second finds it done. */
async function disable(
  { clock, log }: Deps,
  scope: TenantScope,
  row: EndpointRow,
  reason: 'failing' | 'gone',
): Promise<void> {
  const now = clock.now();
  const admins = (await new UserRepository(scope).listOverseers()).filter(({ role }) => role === 'admin');
  const name = row.description === '' ? new URL(row.url).host : row.description;
  const told = admins.map(({ id: recipient }) => ({
    recipient,
    verb: 'webhook_disabled' as const,
    message: `Webhook endpoint disabled, because ${WHY[reason]}: ${name}`,
    occasion: `${row.id}#${row.failing_since ?? row.updated_at}`,
  }));
  const fact = {
    accion: 'webhook.desactivar',
    entidad: 'webhook',
    entidad_id: row.id,
    cambios: { is_active: false, disabled_reason: reason },
  };
  const writes = [
    new EndpointRepository(scope).disablingWrite(row, reason, now),
    ...(await new NotificationRepository(scope).additionsOf(told, now)),
  ];
  try {
    await new AuditTrail(scope).commit({ actor: undefined, address: undefined, now }, fact, writes);
    log.warn('WEBHOOK_DISABLED', { empresa_id: scope.empresaId, endpoint_id: row.id, reason });
  } catch (thrown) {
    if (!(thrown instanceof TransactionRefused)) throw thrown;
  }
}
