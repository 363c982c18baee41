import type * as z from 'zod';
import { type Invite, isExpired, isUsable } from '../../../shared/domain/invite/invite.ts';
import type { inviteRow } from '../schemas.ts';

/** An invite with what follows from the hour. */
export function shownInvite(found: Invite, now: Date): z.input<typeof inviteRow> {
  return { ...found, is_expired: isExpired(found, now), is_usable: isUsable(found, now) };
}
