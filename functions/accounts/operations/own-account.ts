import type { Membership, SignInRepository } from '../../../shared/domain/identity/sign-in.repository.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import type { Clock } from '../../../shared/platform/clock/clock.ts';
import type { Table } from '../../../shared/platform/dynamo/table.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import type { OwnBody } from '../schemas.ts';
import { type ActedBy, auditedEdit } from './audited-edit.ts';
import { shownUser } from './shown-user.ts';

interface Deps {
  readonly table: Table;
  readonly people: SignInRepository;
  readonly clock: Clock;
}

async function ownMembership({ people }: Deps, actor: Actor): Promise<Membership> {
  const own = await people.find(actor.empresaId, actor.userId);
  if (own === undefined) throw new AppError('unauthenticated', 'Token is invalid or expired');
  return own;
}

/** @throws AppError `unauthenticated` when the caller is no more */
export async function readOwn(deps: Deps, actor: Actor) {
  const { user, company } = await ownMembership(deps, actor);
  return shownUser(user, company);
}

/** Changes the caller's own profile. @throws AppError `invalid` for an address that is somebody's */
export async function editOwn(deps: Deps, by: ActedBy, wanted: OwnBody) {
  const { company } = await ownMembership(deps, by.actor);
  const scope = new TenantScope(deps.table, by.actor.empresaId);
  const edited = await auditedEdit(
    { scope, clock: deps.clock },
    by,
    (users) => users.find(by.actor.userId),
    () => wanted,
  );
  return shownUser(edited, company);
}
