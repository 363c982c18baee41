import { AuditTrail } from '../../../shared/domain/audit/audit-trail.ts';
import { newTokenId } from '../../../shared/domain/identity/access-claims.ts';
import { type Membership, mayEnter } from '../../../shared/domain/identity/sign-in.repository.ts';
import { TokenFamilyRepository } from '../../../shared/domain/identity/token-family.repository.ts';
import { isLive, nextToken, standingOf, type TokenFamily } from '../../../shared/domain/identity/token-family.ts';
import { verifyRefreshToken } from '../../../shared/platform/auth/refresh-token.ts';
import { toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import { TransactionRefused } from '../../../shared/platform/dynamo/storage-errors.ts';
import { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import { invalidToken, type TokenDeps, tokenPair } from './token-pair.ts';

/** Times that a refresh starts over because another one rotated the family first. */
const ROUNDS = 10;

/**
 * Exchanges a refresh token (`aristay.md` §4.3): the newest gets its successor, the one before it gets the same
 * successor again, and an older one gives away that somebody else has it, which ends the family.
 * @throws AppError `unauthenticated` for whatever opens nothing, whatever the cause
 */
export async function refreshTokens(deps: TokenDeps, token: string, address: string) {
  const claims = await verifyRefreshToken(deps.secrets, token, deps.clock.now());
  if (claims === undefined) throw refused(deps);
  for (let round = 0; round < ROUNDS; round += 1) {
    const now = deps.clock.now();
    const owner = await deps.people.find(claims.company_id, claims.sub, claims.fam);
    const family = owner?.family;
    if (owner === undefined || family === undefined || !mayEnter(owner) || !isLive(family, owner, now)) {
      throw refused(deps);
    }
    const standing = standingOf(family, claims.jti);
    if (standing === 'retired') {
      await revokeReused(deps, owner, family, address);
      throw refused(deps);
    }
    const newest = standing === 'previous' ? family.newest : await rotated(deps, owner, family, now);
    if (newest !== undefined) {
      deps.log.info('TOKEN_REFRESHED', { user_id: owner.user.id, empresa_id: owner.company.id });
      return tokenPair(deps, owner, { id: family.id, newest }, now);
    }
  }
  throw refused(deps);
}

function refused({ log }: TokenDeps) {
  log.info('TOKEN_REFUSED');
  return invalidToken();
}

/** @returns undefined when another refresh was first */
async function rotated({ table }: TokenDeps, { company }: Membership, family: TokenFamily, now: Date) {
  const successor = nextToken(newTokenId(), family.login_at, now);
  const done = await new TokenFamilyRepository(new TenantScope(table, company.id)).rotate(family, successor);
  return done ? successor : undefined;
}

/** Ends the family and tells of it in the trail of the company, whose admins ought to know. */
async function revokeReused(deps: TokenDeps, { user, company }: Membership, family: TokenFamily, address: string) {
  const now = deps.clock.now();
  const scope = new TenantScope(deps.table, company.id);
  const revocation = new TokenFamilyRepository(scope).revocation(family, toOffsetIso(now));
  const fact = { accion: 'sesion.reutilizada', entidad: 'usuario', entidad_id: user.id, cambios: { gravedad: 'alta' } };
  deps.log.warn('TOKEN_REUSED', { user_id: user.id, empresa_id: company.id, severity: 'high' });
  try {
    await new AuditTrail(scope).commit({ actor: undefined, address, now }, fact, [revocation]);
  } catch (thrown) {
    // Somebody else has revoked it in the same moment.
    if (!(thrown instanceof TransactionRefused)) throw thrown;
  }
}
