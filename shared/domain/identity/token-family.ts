import * as z from 'zod';
import type { Company } from '../company/company.ts';
import type { User } from './user.ts';

/** Life of one refresh token, and of a family from its log-in, in seconds (`aristay.md` §4.1). */
const TOKEN_S = 7 * 86_400;
const FAMILY_S = 30 * 86_400;

/** One refresh token of a family, by its `jti`; times in epoch seconds. */
const familyToken = z.object({ jti: z.string(), iat: z.int(), exp: z.int() });
export type FamilyToken = z.infer<typeof familyToken>;

/**
 * All refresh tokens that came of one log-in (`aristay.md` §4.3). A token gets its successor when it is first
 * presented, so only the newest was never presented, and only the one before it may come again: two names are all
 * that there is to remember of the whole chain.
 */
export const tokenFamily = z.object({
  id: z.string(),
  user_id: z.uuid(),
  /** Session version, and the user's family version, at the log-in: a newer one ends the family. */
  version: z.int(),
  family_version: z.int(),
  login_at: z.string(),
  newest: familyToken,
  /** `jti` of the token whose successor is the newest; null before the first refresh. */
  previous: z.string().nullable(),
  revoked_at: z.string().nullable(),
});
export type TokenFamily = z.infer<typeof tokenFamily>;

/** Raised by whatever must end sessions, of the user or of the whole company: both only ever grow, and so does the sum. */
export function sessionVersionOf({ user, company }: { readonly user: User; readonly company: Company }): number {
  return user.session_version + company.session_version;
}

/** Whether a family still opens anything to its user. */
export function isLive(
  family: TokenFamily,
  owner: { readonly user: User; readonly company: Company },
  now: Date,
): boolean {
  return (
    family.revoked_at === null &&
    family.version === sessionVersionOf(owner) &&
    family.family_version === owner.user.family_version &&
    family.newest.exp > now.getTime() / 1000
  );
}

/** A token that may be issued now in a family that began at `login_at`, and does not outlive it. */
export function nextToken(jti: string, login_at: string, now: Date): FamilyToken {
  const iat = Math.floor(now.getTime() / 1000);
  return { jti, iat, exp: Math.min(iat + TOKEN_S, Math.floor(Date.parse(login_at) / 1000) + FAMILY_S) };
}

/**
 * What a presented token is to its family. `newest`: rotate it; `previous`: its successor was never presented, so it
 * may have been lost on its way and is handed out again; `retired`: somebody else went on with it.
 */
export function standingOf({ newest, previous }: TokenFamily, jti: string): 'newest' | 'previous' | 'retired' {
  if (jti === newest.jti) return 'newest';
  return jti === previous ? 'previous' : 'retired';
}
