import type { VerifiedClaims } from '../../platform/auth/access-token.ts';
import type { Actor, Verdict } from '../../platform/auth/actor.ts';
import { Remembered } from '../../platform/cache/remembered.ts';
import type { Clock } from '../../platform/clock/clock.ts';
import { mayEnter, type SignInRepository } from './sign-in.repository.ts';
import { actorOf } from './user.ts';

/** Longest that an ended session may still answer is 60 s (ruling 3); the rest is left for clocks and transit. */
const KEPT_MS = 45_000;
/** Entries kept at most; the oldest leaves first. */
const KEPT_MOST = 10_000;

interface Session {
  readonly version: number;
  readonly actor: Actor | undefined;
}

/** Answers whether a genuine token still opens a session. */
export interface SessionCheck {
  verdictOf(claims: VerifiedClaims): Promise<Verdict>;
}

/**
 * Compares a token's session version with the user's in the table, which is asked at most once in 45 seconds for each
 * user and process. A token newer than what is remembered asks again at once.
 */
export function sessionCheck(people: Pick<SignInRepository, 'find'>, clock: Clock): SessionCheck {
  const kept = new Remembered<Session>(KEPT_MOST);

  const load = async (claims: VerifiedClaims): Promise<Session> => {
    const membership = await people.find(claims.empresa_id, claims.usr);
    const live = membership !== undefined && mayEnter(membership);
    const session: Session = {
      version: membership?.user.session_version ?? -1,
      actor: live ? actorOf(membership.user) : undefined,
    };
    kept.keep(`${claims.empresa_id}/${claims.usr}`, session, clock.now().getTime() + KEPT_MS);
    return session;
  };

  return {
    async verdictOf(claims) {
      const known = kept.find(`${claims.empresa_id}/${claims.usr}`, clock.now().getTime());
      const session = known !== undefined && known.version >= claims.ver ? known : await load(claims);
      if (session.actor === undefined || session.version !== claims.ver) return { verdict: 'invalid' };
      return { verdict: 'ok', actor: session.actor };
    },
  };
}
