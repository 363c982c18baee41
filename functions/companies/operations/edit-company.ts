import { AuditTrail } from '../../../shared/domain/audit/audit-trail.ts';
import { CompanyRepository } from '../../../shared/domain/company/company.repository.ts';
import type { Company } from '../../../shared/domain/company/company.ts';
import { auditedChanges, type CompanyChanges, changedCompany } from '../../../shared/domain/company/company-changes.ts';
import { enqueueEntry } from '../../../shared/domain/outbox/enqueue-entry.ts';
import { OutboxRepository } from '../../../shared/domain/outbox/outbox.repository.ts';
import type { NewOutboxEntry } from '../../../shared/domain/outbox/outbox-entry.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import { type Clock, toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import type { Write } from '../../../shared/platform/dynamo/table.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { Origin } from '../../../shared/platform/http/route.ts';
import type { Ids } from '../../../shared/platform/ids/ids.ts';
import type { Log } from '../../../shared/platform/log/log.ts';
import type { WorkQueue } from '../../../shared/platform/queue/work-queue.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';

interface Deps {
  readonly scope: TenantScope;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** The queue `work`. */
  readonly queue: WorkQueue;
}

/** Times that a change starts over because somebody moved the company's address meanwhile. */
const ROUNDS = 5;

/**
 * Changes one company and tells of it in the company's own trail. What is so already is neither written nor told.
 * @returns the company as changed
 * @throws AppError `not_found`; `conflict` for an address that another company has; `invalid` when the caller would
 *   switch off the company that it signs in to
 */
export async function editCompany(
  deps: Deps,
  actor: Actor,
  wanted: CompanyChanges,
  { address }: Origin,
): Promise<Company> {
  const { scope, clock, ids } = deps;
  if (wanted.activa === false && scope.empresaId === actor.empresaId) {
    throw new AppError('invalid', 'No puedes desactivar tu propia empresa: te quedarías sin acceso.');
  }
  const companies = new CompanyRepository(scope);
  for (let round = 0; round < ROUNDS; round += 1) {
    const seen = await companies.find();
    if (seen === undefined) throw new AppError('not_found', 'No existe esa empresa.');
    const now = clock.now();
    const fact = {
      accion: 'empresa.editar',
      entidad: 'empresa',
      entidad_id: seen.id,
      cambios: auditedChanges(seen, wanted),
    };
    const stamp = toOffsetIso(now);
    const work = retentionWork(seen, wanted, ids.next('out', now));
    const added = work === undefined ? [] : [new OutboxRepository(scope).additionOf(work, now)];
    const commit = (writes: readonly Write[]) =>
      new AuditTrail(scope).commit({ actor, address, now }, fact, [...writes, ...added]);
    if (await companies.change(seen, wanted, stamp, commit)) {
      if (work !== undefined) await enqueueEntry(deps, scope.empresaId, work.id);
      return changedCompany(seen, wanted, stamp);
    }
  }
  throw new AppError('conflict', 'La empresa ha cambiado mientras tanto. Vuelve a intentarlo.');
}

/** Bookings that stand already follow another retention too (ruling 8): work for the queue. */
function retentionWork(seen: Company, { retencion_meses }: CompanyChanges, id: string): NewOutboxEntry | undefined {
  if (retencion_meses === undefined || retencion_meses === seen.retencion_meses) return undefined;
  return { id, kind: 'retention', content: { retencion_meses } };
}
