import { tokenClaims } from '../../../shared/domain/identity/access-claims.ts';
import type { Membership, SignInRepository } from '../../../shared/domain/identity/sign-in.repository.ts';
import type { TokenFamily } from '../../../shared/domain/identity/token-family.ts';
import { issueAccessToken } from '../../../shared/platform/auth/access-token.ts';
import { signRefreshToken } from '../../../shared/platform/auth/refresh-token.ts';
import type { Clock } from '../../../shared/platform/clock/clock.ts';
import type { Table } from '../../../shared/platform/dynamo/table.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { Log } from '../../../shared/platform/log/log.ts';
import type { SecretStore } from '../../../shared/platform/secrets/secret-store.ts';

export interface TokenDeps {
  readonly table: Table;
  readonly people: SignInRepository;
  readonly secrets: SecretStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly accessMinutes: number;
}

/** The one answer to every token that opens nothing (`aristay.md` §1.7). */
export function invalidToken(): AppError {
  return new AppError('unauthenticated', 'Token is invalid or expired');
}

/** A new access token, and the newest refresh token of its family. */
export async function tokenPair(
  { secrets, accessMinutes }: TokenDeps,
  owner: Membership,
  { id: fam, newest }: Pick<TokenFamily, 'id' | 'newest'>,
  now: Date,
) {
  const { jti, ...life } = newest;
  const identity = { sub: owner.user.id, user_id: owner.user.number, company_id: owner.company.id, fam };
  const [access, refresh] = await Promise.all([
    issueAccessToken(secrets, tokenClaims(owner, fam), { now, hours: accessMinutes / 60 }),
    signRefreshToken(secrets, { token_type: 'refresh', jti, ...identity }, life),
  ]);
  return { access, refresh };
}
