import { AuditRepository } from '../../../shared/domain/audit/audit.repository.ts';
import { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import { type Invariant, ofEveryTenant } from './invariant.ts';

/** The audit trail of every company is whole. */
export const auditChain: Invariant = {
  name: 'audit chain whole',
  check: (world) =>
    ofEveryTenant(world, async ({ at, company }) => {
      const { fitting, firstBreak } = await new AuditRepository(
        new TenantScope(world.cloud.table, company.id),
      ).verify();
      const breaches = firstBreak === null ? [] : [`company ${at}: broken at ${firstBreak}`];
      return { checked: fitting, breaches };
    }),
};
