import type { AuditOrigin } from '../../../shared/domain/audit/audit-trail.ts';
import type { EndpointRepository } from '../../../shared/domain/webhook/endpoint.repository.ts';
import type { EndpointRow } from '../../../shared/domain/webhook/endpoint.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import type { Clock } from '../../../shared/platform/clock/clock.ts';
import type { TenantKeys } from '../../../shared/platform/crypto/tenant-keys.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { Origin } from '../../../shared/platform/http/route.ts';
import type { NewUlid } from '../../../shared/platform/ids/ulid.ts';
import type { Log } from '../../../shared/platform/log/log.ts';
import type { PublicTargets } from '../../../shared/platform/outbound/public-target.ts';
import type { WorkQueue } from '../../../shared/platform/queue/work-queue.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';

/** What the operations of one company work with. */
export interface WebhookDeps {
  readonly scope: TenantScope;
  readonly keys: TenantKeys;
  readonly targets: PublicTargets;
  readonly queue: WorkQueue;
  readonly clock: Clock;
  readonly ulid: NewUlid;
  readonly log: Log;
}

/** Who acts, and from where. */
export interface Caller {
  readonly actor: Actor;
  readonly origin: Origin;
}

export function auditOrigin({ actor, origin }: Caller, now: Date): AuditOrigin {
  return { actor, address: origin.address, now };
}

export function notFound(): AppError {
  return new AppError('not_found', 'Not found.');
}

/** @throws AppError `not_found` */
export async function endpointOf(endpoints: EndpointRepository, id: string): Promise<EndpointRow> {
  const found = await endpoints.find(id);
  if (found === undefined) throw notFound();
  return found;
}

/** @throws AppError `invalid` for an endpoint that nothing is sent to */
export function refuseSwitchedOff({ is_active }: EndpointRow): void {
  if (is_active) return;
  throw new AppError('invalid', 'This endpoint is switched off. Set is_active to true first.');
}
