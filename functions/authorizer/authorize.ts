import type { APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';
import type { SessionCheck } from '../../shared/domain/identity/session.ts';
import { type VerifiedClaims, verifyAccessToken } from '../../shared/platform/auth/access-token.ts';
import { encodeVerdict, type Verdict, type VerdictContext } from '../../shared/platform/auth/actor.ts';
import { bearerToken } from '../../shared/platform/auth/bearer.ts';
import { Remembered } from '../../shared/platform/cache/remembered.ts';
import type { Clock } from '../../shared/platform/clock/clock.ts';
import { AppError } from '../../shared/platform/errors/app-error.ts';
import type { SecretStore } from '../../shared/platform/secrets/secret-store.ts';

interface Deps {
  readonly secrets: SecretStore;
  readonly sessions: SessionCheck;
  readonly clock: Clock;
}

/** API Gateway's simple response; always let through, because the 401 and 403 are ours (`platform.md` §1). */
interface Response {
  readonly isAuthorized: true;
  readonly context: VerdictContext;
}

/** A signing key that was withdrawn stops opening within this time. */
const VERIFIED_KEPT_MS = 60_000;
const VERIFIED_KEPT_MOST = 10_000;

type Event = Pick<APIGatewayRequestAuthorizerEventV2, 'headers'>;

/** Looks at the bearer token and passes on who it speaks for, or why it speaks for nobody. */
export function authorize({ secrets, sessions, clock }: Deps): (event: Event) => Promise<Response> {
  const verified = new Remembered<VerifiedClaims>(VERIFIED_KEPT_MOST);

  /** A client sends the same token many times: its signature is checked once a minute. */
  const claimsOf = async (token: string): Promise<VerifiedClaims | undefined> => {
    const now = clock.now();
    const known = verified.find(token, now.getTime());
    if (known !== undefined) return known;
    const claims = await verifyAccessToken(secrets, token, now);
    if (claims !== undefined) {
      verified.keep(token, claims, Math.min(claims.exp * 1000, now.getTime() + VERIFIED_KEPT_MS));
    }
    return claims;
  };

  const verdictOf = async (authorization: string | undefined): Promise<Verdict> => {
    const token = bearerToken(authorization);
    if (token === undefined) return { verdict: 'missing' };
    const claims = await claimsOf(token);
    return claims === undefined ? { verdict: 'invalid' } : sessions.verdictOf(claims);
  };
  return async (event) => {
    const verdict = await verdictOf(event.headers?.authorization).catch(unavailable);
    return { isAuthorized: true, context: encodeVerdict(verdict) };
  };
}

/** An authorizer that fails has the gateway answer in words of its own; a fault in our code still does. */
function unavailable(thrown: unknown): Verdict {
  if (thrown instanceof AppError && thrown.code === 'unavailable') return { verdict: 'unavailable' };
  throw thrown;
}
