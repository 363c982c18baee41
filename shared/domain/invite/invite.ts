import * as z from 'zod';
import { ROLES } from '../../platform/auth/actor.ts';
import { TASK_GROUPS } from '../identity/profile.ts';

/** An invite to join a company, as stored (`aristay.md` §3.8); instants in UTC, whole seconds. */
export const invite = z.object({
  id: z.int().positive(),
  code: z.string(),
  task_group: z.enum(TASK_GROUPS),
  role: z.enum(ROLES),
  /** 0 is any number of times. */
  max_uses: z.int().nonnegative(),
  used_count: z.int().nonnegative(),
  expires_at: z.string().nullable(),
  /** False once it was revoked. */
  is_active: z.boolean(),
  notes: z.string(),
  created_at: z.string(),
  /** The maker's integer id and user name. */
  created_by: z.int(),
  created_by_username: z.string(),
  last_used_at: z.string().nullable(),
});
export type Invite = z.infer<typeof invite>;

/** What its maker says of an invite. */
export type InviteTerms = Pick<Invite, 'task_group' | 'role' | 'max_uses' | 'expires_at' | 'notes'>;

/** Strictly after its time. */
export function isExpired({ expires_at }: Invite, now: Date): boolean {
  return expires_at !== null && now.getTime() > Date.parse(expires_at);
}

/** Whether somebody may still join by it; that its company is switched on comes on top. */
export function isUsable(found: Invite, now: Date): boolean {
  const usesLeft = found.max_uses === 0 || found.used_count < found.max_uses;
  return found.is_active && !isExpired(found, now) && usesLeft;
}
