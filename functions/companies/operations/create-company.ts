import { AuditTrail } from '../../../shared/domain/audit/audit-trail.ts';
import { newCompany } from '../../../shared/domain/company/company.ts';
import { CompanyRegistry } from '../../../shared/domain/company/company-registry.ts';
import { enqueueEntry } from '../../../shared/domain/outbox/enqueue-entry.ts';
import { OutboxRepository } from '../../../shared/domain/outbox/outbox.repository.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import { type Clock, toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import type { Table } from '../../../shared/platform/dynamo/table.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { Origin } from '../../../shared/platform/http/route.ts';
import type { Ids } from '../../../shared/platform/ids/ids.ts';
import type { Log } from '../../../shared/platform/log/log.ts';
import type { WorkQueue } from '../../../shared/platform/queue/work-queue.ts';
import { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import type { CreationBody } from '../schemas.ts';
import { welcomeMail } from './compose-welcome.ts';

interface Deps {
  readonly table: Table;
  readonly queue: WorkQueue;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/**
 * Makes a company with its welcome mail and the audit entry in one transaction. The mail names no guest and rests in
 * clear, so that a new company needs no data key yet; what becomes of it does not touch the answer.
 * @throws AppError `conflict` when another company has the address
 */
export async function createCompany(deps: Deps, actor: Actor, input: CreationBody, { address }: Origin) {
  const now = deps.clock.now();
  const company = newCompany(deps.ids.uuid(), input, toOffsetIso(now));
  const scope = new TenantScope(deps.table, company.id);
  const mail = { id: deps.ids.next('out', now), kind: 'mail' as const, content: { ...welcomeMail(company) } };
  const fact = {
    accion: 'empresa.crear',
    entidad: 'empresa',
    entidad_id: company.id,
    cambios: { max_usuarios: company.max_usuarios },
  };
  await new CompanyRegistry(deps.table).create(company, (writes) =>
    new AuditTrail(scope).commit({ actor, address, now }, fact, [
      ...writes,
      new OutboxRepository(scope).additionOf(mail, now),
    ]),
  );
  await enqueueEntry(deps, company.id, mail.id);
  const { id, nombre, email } = company;
  return ok({ empresa: { id, nombre, email } });
}
