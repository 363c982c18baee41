import { InviteRepository } from '../../../shared/domain/invite/invite.repository.ts';
import type { Invite, InviteTerms } from '../../../shared/domain/invite/invite.ts';
import { newInviteCode } from '../../../shared/domain/invite/invite-code.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import { nextNumbers } from '../../../shared/platform/dynamo/counter.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { TermsBody } from '../schemas.ts';
import { audited } from './audited-invite.ts';
import { type ActedBy, DEFAULT_TERMS, type InviteDeps, termsOf } from './invite-terms.ts';
import { shownInvite } from './shown-invite.ts';

/** Codes tried: two of forty random bits hardly ever meet. */
const TRIES = 5;

/** What the trail tells of terms; notes may name people. */
export function toldTerms({ task_group, role, max_uses, expires_at }: InviteTerms) {
  return { grupo: task_group, rol: role, usos: max_uses, caduca: expires_at };
}

/** Makes an invite with a code that nobody on the platform has. @throws AppError `invalid` as {@link termsOf} */
export async function createInvite(deps: InviteDeps, by: ActedBy, wanted: TermsBody) {
  const terms = await termsOf(deps, by.actor, wanted, DEFAULT_TERMS);
  const now = deps.clock.now();
  const common: Omit<Invite, 'code'> = {
    id: await nextNumbers(deps.scope, 'invite', 1),
    ...terms,
    used_count: 0,
    is_active: true,
    created_at: toUtcIso(now),
    created_by: by.actor.number,
    created_by_username: by.actor.username,
    last_used_at: null,
  };
  const commit = audited(deps, by, common, { accion: 'invitacion.crear', cambios: toldTerms(terms) });
  for (let round = 0; round < TRIES; round += 1) {
    const made = { ...common, code: newInviteCode() };
    if (await new InviteRepository(deps.scope).create(made, commit)) return shownInvite(made, now);
  }
  throw new AppError('unavailable', 'No invite could be made. Try again.', { retryAfter: 5 });
}
