import { newTokenId } from '../../../shared/domain/identity/access-claims.ts';
import { normalizeEmail } from '../../../shared/domain/identity/email.ts';
import type { LoginAttemptRepository } from '../../../shared/domain/identity/login-attempt.repository.ts';
import { type Membership, mayEnter } from '../../../shared/domain/identity/sign-in.repository.ts';
import { TokenFamilyRepository } from '../../../shared/domain/identity/token-family.repository.ts';
import { nextToken, sessionVersionOf, type TokenFamily } from '../../../shared/domain/identity/token-family.ts';
import { UserRepository } from '../../../shared/domain/identity/user.repository.ts';
import { verifyPassword } from '../../../shared/platform/auth/password-hash.ts';
import { toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import type { LoginBody } from '../schemas.ts';
import { type TokenDeps, tokenPair } from './token-pair.ts';

interface Deps extends TokenDeps {
  /** Absent where limits are switched off. */
  readonly attempts: LoginAttemptRepository | undefined;
}

/**
 * Signs a person in by user name or e-mail address, and begins a refresh family.
 * @param address the gateway's source address
 * @throws AppError `unauthenticated`, one sentence for every cause and after the same work; `rate_limited` after too
 *   many failures at either door (ruling 16)
 */
export async function issueTokens(deps: Deps, { username, email, password }: LoginBody, address: string) {
  const { attempts, clock, log, people } = deps;
  const typed = email ?? username ?? '';
  const owner = await people.findByName(typed);
  const name = owner?.user.email ?? normalizeEmail(typed) ?? typed.toLowerCase();
  const admission = await attempts?.admit(name, address, clock.now());
  if (admission?.admitted === false) {
    log.info('LOGIN_REFUSED', { origen: 'token', retry_after: admission.retryAfter });
    throw new AppError('rate_limited', 'Too many failed attempts.', { retryAfter: admission.retryAfter });
  }
  const matches = await verifyPassword(password, owner?.user.password_hash);
  if (owner === undefined || !matches || !mayEnter(owner)) {
    if (admission) await attempts?.failed(admission.pair);
    log.info('LOGIN_REFUSED', { origen: 'token' });
    throw new AppError('unauthenticated', 'No active account found with the given credentials');
  }
  const now = clock.now();
  if (admission) await attempts?.succeeded(admission.pair, now);
  const family = await beginFamily(deps, owner, now);
  log.info('LOGIN_ACCEPTED', { origen: 'token', user_id: owner.user.id });
  return { ...(await tokenPair(deps, owner, family, now)), user: shown(owner) };
}

/** Side by side and not in one transaction: two log-ins of one person at once must not refuse each other. */
async function beginFamily({ table }: Deps, owner: Membership, now: Date): Promise<TokenFamily> {
  const { user, company } = owner;
  const scope = new TenantScope(table, company.id);
  const login_at = toOffsetIso(now);
  const family: TokenFamily = {
    id: newTokenId(),
    user_id: user.id,
    version: sessionVersionOf(owner),
    family_version: user.family_version,
    login_at,
    newest: nextToken(newTokenId(), login_at, now),
    previous: null,
    revoked_at: null,
  };
  await Promise.all([
    new TokenFamilyRepository(scope).begin(family),
    new UserRepository(scope).noteLogin(user.id, login_at),
  ]);
  return family;
}

function shown({ user }: Membership) {
  return {
    id: user.number,
    username: user.username,
    email: user.email,
    role: user.role,
    is_superuser: user.es_superadmin,
    must_change_password: user.debe_cambiar_password,
  };
}
