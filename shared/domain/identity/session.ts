import type { VerifiedClaims } from '../../platform/auth/access-token.ts';
import type { Verdict } from '../../platform/auth/actor.ts';
import { Remembered } from '../../platform/cache/remembered.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import { toolsOffOf } from '../company/company.ts';
import type { Membership, SignInRepository } from './sign-in.repository.ts';
import { isLive, sessionVersionOf } from './token-family.ts';
import { actorOf } from './user.ts';

/** Longest that an ended session may still answer is 60 s (ruling 3); the rest is left for clocks and transit. */
const KEPT_MS = 45_000;
/** Entries kept at most; the oldest leaves first. */
const KEPT_MOST = 10_000;

interface Session {
  readonly version: number;
  readonly verdict: Verdict;
}

/** Answers whether a genuine token still opens a session. */
export interface SessionCheck {
  verdictOf(claims: VerifiedClaims): Promise<Verdict>;
}

/**
 * Compares a token's session version with that of user and company in the table, which is asked at most once in 45
 * seconds for each user, refresh family and process. A token newer than what is remembered asks again at once.
 */
export function sessionCheck(people: Pick<SignInRepository, 'find'>, clock: Clock): SessionCheck {
  const kept = new Remembered<Session>(KEPT_MOST);

  const load = async (claims: VerifiedClaims, name: string): Promise<Session> => {
    const now = clock.now();
    const membership = await people.find(claims.empresa_id, claims.usr, claims.fam);
    const session = {
      version: membership === undefined ? -1 : sessionVersionOf(membership),
      verdict: standing(membership, claims, now),
    };
    kept.keep(name, session, now.getTime() + KEPT_MS);
    return session;
  };

  return {
    async verdictOf(claims) {
      const name = [claims.empresa_id, claims.usr, claims.fam].join('/');
      const known = kept.find(name, clock.now().getTime());
      const session = known !== undefined && known.version >= claims.ver ? known : await load(claims, name);
      const ended = session.verdict.verdict === 'ok' && session.version !== claims.ver;
      return ended ? { verdict: 'invalid' } : session.verdict;
    },
  };
}

function standing(membership: Membership | undefined, { fam }: VerifiedClaims, now: Date): Verdict {
  if (membership === undefined || !membership.company.activa) return { verdict: 'invalid' };
  if (!membership.user.activo) return { verdict: 'inactive' };
  const familyEnded = fam !== undefined && !(membership.family && isLive(membership.family, membership, now));
  if (familyEnded) return { verdict: 'invalid' };
  return { verdict: 'ok', actor: actorOf(membership.user), toolsOff: toolsOffOf(membership.company) };
}
