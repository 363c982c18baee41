import { CompanyRepository } from '../../../shared/domain/company/company.repository.ts';
import { findInviteOwner, InviteRepository } from '../../../shared/domain/invite/invite.repository.ts';
import { isUsable } from '../../../shared/domain/invite/invite.ts';
import type { Clock } from '../../../shared/platform/clock/clock.ts';
import type { Table } from '../../../shared/platform/dynamo/table.ts';
import { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';

interface Deps {
  readonly table: Table;
  readonly clock: Clock;
}

/** The one sentence for a code that is unknown, revoked, expired or used up (`aristay.md` S4, S5). */
export const UNUSABLE = 'Invalid or expired invite code';

/** An invite by its code, with its company, whether or not it may still be used; undefined for an unknown code. */
export async function openInvite({ table }: Pick<Deps, 'table'>, code: string) {
  const owner = await findInviteOwner(table, code);
  if (owner === undefined) return undefined;
  const scope = new TenantScope(table, owner.empresaId);
  const [found, company] = await Promise.all([
    new InviteRepository(scope).find(owner.inviteId),
    new CompanyRepository(scope).find(),
  ]);
  return found === undefined || company === undefined ? undefined : { scope, found, company };
}

/** What a code is good for; that is no error of whoever asks, so a bad one is a 200 too. */
export async function validateInvite(deps: Deps, code: string) {
  const opened = await openInvite(deps, code);
  if (opened === undefined || !opened.company.activa || !isUsable(opened.found, deps.clock.now())) {
    return { valid: false, error: UNUSABLE } as const;
  }
  const { task_group, role, expires_at, max_uses, used_count } = opened.found;
  return {
    ...({ valid: true, task_group, role, expires_at, max_uses, used_count } as const),
    company_name: opened.company.nombre,
  };
}
