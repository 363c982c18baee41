import { InviteRepository } from '../../../shared/domain/invite/invite.repository.ts';
import type { Invite } from '../../../shared/domain/invite/invite.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { TermsBody } from '../schemas.ts';
import { audited } from './audited-invite.ts';
import { toldTerms } from './create-invite.ts';
import { type ActedBy, type InviteDeps, termsOf } from './invite-terms.ts';
import { shownInvite } from './shown-invite.ts';

function notFound(): AppError {
  return new AppError('not_found', 'Not found.');
}

/** Once used, an invite tells how somebody came in: it may be revoked, and no more. */
function used(): AppError {
  return new AppError('invalid', 'This invite code has been used and can no longer be changed. Revoke it instead.');
}

async function foundInvite({ scope }: InviteDeps, id: number): Promise<Invite> {
  const found = await new InviteRepository(scope).find(id);
  if (found === undefined) throw notFound();
  return found;
}

/** @throws AppError `not_found` */
export async function readInvite(deps: InviteDeps, id: number) {
  return shownInvite(await foundInvite(deps, id), deps.clock.now());
}

/** Revokes or reactivates; what is so already is not told again. @throws AppError `not_found` */
export async function setInviteActive(deps: InviteDeps, by: ActedBy, id: number, is_active: boolean) {
  const found = await foundInvite(deps, id);
  const now = deps.clock.now();
  if (found.is_active === is_active) return shownInvite(found, now);
  const accion = is_active ? 'invitacion.reactivar' : 'invitacion.revocar';
  const commit = audited(deps, by, found, { accion, cambios: { activa: is_active } });
  if (!(await new InviteRepository(deps.scope).setActive(found, is_active, commit))) throw notFound();
  return shownInvite({ ...found, is_active }, now);
}

/**
 * Changes the terms of an invite; absent fields stay.
 * @throws AppError `not_found`; `invalid` once it was used, and as {@link termsOf}
 */
export async function editInvite(deps: InviteDeps, by: ActedBy, id: number) {
  const found = await foundInvite(deps, id);
  return async ({ body }: { readonly body: TermsBody }) => {
    if (found.used_count > 0) throw used();
    const terms = await termsOf(deps, by.actor, body, found);
    const commit = audited(deps, by, found, { accion: 'invitacion.editar', cambios: toldTerms(terms) });
    if (!(await new InviteRepository(deps.scope).edit(found, terms, commit))) throw used();
    return shownInvite({ ...found, ...terms }, deps.clock.now());
  };
}

/** @throws AppError `not_found`; `invalid` once it was used */
export async function removeInvite(deps: InviteDeps, by: ActedBy, id: number): Promise<undefined> {
  const found = await foundInvite(deps, id);
  if (found.used_count > 0) throw used();
  const commit = audited(deps, by, found, { accion: 'invitacion.borrar', cambios: {} });
  if (!(await new InviteRepository(deps.scope).remove(found, commit))) throw used();
}
