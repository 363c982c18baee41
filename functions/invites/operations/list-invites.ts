import { InviteRepository } from '../../../shared/domain/invite/invite.repository.ts';
import { type Invite, isExpired, isUsable } from '../../../shared/domain/invite/invite.ts';
import { orderRows, pageOf } from '../../../shared/platform/http/numbered-list.ts';
import type { InvitesQuery } from '../schemas.ts';
import type { InviteDeps } from './invite-terms.ts';
import { shownInvite } from './shown-invite.ts';

/** Invites of the company: few enough that one query brings them all. */
export async function listInvites({ scope, clock }: InviteDeps, query: InvitesQuery) {
  const now = clock.now();
  const invites = (await new InviteRepository(scope).list()).filter((each) => isWanted(each, query, now));
  return pageOf(
    orderRows(invites, query.ordering, (each, key) => each[key]).map((each) => shownInvite(each, now)),
    query,
  );
}

function isWanted(each: Invite, query: InvitesQuery, now: Date): boolean {
  const search = query.search?.toLowerCase();
  const texts = [each.code, each.created_by_username, each.notes];
  return (
    (query.role === undefined || each.role === query.role) &&
    (query.task_group === undefined || each.task_group === query.task_group) &&
    (query.status === undefined || hasStatus(each, query.status, now)) &&
    (search === undefined || texts.some((text) => text.toLowerCase().includes(search)))
  );
}

function hasStatus(each: Invite, status: NonNullable<InvitesQuery['status']>, now: Date): boolean {
  switch (status) {
    case 'active':
      return each.is_active;
    case 'inactive':
      return !each.is_active;
    case 'expired':
      return isExpired(each, now);
    case 'usable':
      return isUsable(each, now);
  }
}
