import { TokenFamilyRepository } from '../../../shared/domain/identity/token-family.repository.ts';
import { isLive } from '../../../shared/domain/identity/token-family.ts';
import { UserRepository } from '../../../shared/domain/identity/user.repository.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import { verifyRefreshToken } from '../../../shared/platform/auth/refresh-token.ts';
import { toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import type { TokenDeps } from './token-pair.ts';

function invalid(): AppError {
  const message = 'Token is invalid or expired';
  return new AppError('invalid', message, { issues: [{ field: 'refresh', message }] });
}

/**
 * Revokes the family of a refresh token of the caller's own: refresh tokens at once, access tokens within a minute.
 * @throws AppError `invalid` for a token that is malformed, expired or revoked already; `forbidden` for somebody else's
 */
export async function revokeFamily(deps: TokenDeps, actor: Actor, token: string) {
  const now = deps.clock.now();
  const claims = await verifyRefreshToken(deps.secrets, token, now);
  if (claims === undefined) throw invalid();
  if (claims.sub !== actor.userId) throw new AppError('forbidden', 'Permission denied');
  const owner = await deps.people.find(claims.company_id, claims.sub, claims.fam);
  if (owner?.family === undefined || !isLive(owner.family, owner, now)) throw invalid();
  const families = new TokenFamilyRepository(new TenantScope(deps.table, actor.empresaId));
  if (!(await families.revoke(owner.family, toOffsetIso(now)))) throw invalid();
  deps.log.info('TOKEN_REVOKED', { user_id: actor.userId });
  return { detail: 'Token revoked' };
}

/** Revokes every refresh family of the caller by one write, however many there are; answers how many were alive. */
export async function revokeAll(deps: TokenDeps, actor: Actor) {
  const scope = new TenantScope(deps.table, actor.empresaId);
  const [owner, families] = await Promise.all([
    deps.people.find(actor.empresaId, actor.userId),
    new TokenFamilyRepository(scope).listOf(actor.userId),
  ]);
  const now = deps.clock.now();
  const revoked = owner === undefined ? 0 : families.filter((family) => isLive(family, owner, now)).length;
  if (owner !== undefined) await new UserRepository(scope).endFamilies(actor.userId);
  deps.log.info('TOKEN_REVOKED', { user_id: actor.userId, families: revoked });
  return { detail: 'All tokens revoked', revoked };
}
