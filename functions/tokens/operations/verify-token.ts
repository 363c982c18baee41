import type { SessionCheck } from '../../../shared/domain/identity/session.ts';
import { mayEnter } from '../../../shared/domain/identity/sign-in.repository.ts';
import { isLive, standingOf } from '../../../shared/domain/identity/token-family.ts';
import { verifyAccessToken } from '../../../shared/platform/auth/access-token.ts';
import { verifyRefreshToken } from '../../../shared/platform/auth/refresh-token.ts';
import { invalidToken, type TokenDeps } from './token-pair.ts';

interface Deps extends TokenDeps {
  readonly sessions: SessionCheck;
}

/** @throws AppError `unauthenticated` for a token, access or refresh, that opens nothing (any more) */
export async function verifyToken(deps: Deps, token: string): Promise<Record<string, never>> {
  const now = deps.clock.now();
  const access = await verifyAccessToken(deps.secrets, token, now);
  if (access !== undefined) {
    if ((await deps.sessions.verdictOf(access)).verdict !== 'ok') throw invalidToken();
    return {};
  }
  const refresh = await verifyRefreshToken(deps.secrets, token, now);
  const owner = refresh && (await deps.people.find(refresh.company_id, refresh.sub, refresh.fam));
  const opens =
    owner?.family !== undefined &&
    mayEnter(owner) &&
    isLive(owner.family, owner, now) &&
    standingOf(owner.family, refresh?.jti ?? '') !== 'retired';
  if (!opens) throw invalidToken();
  return {};
}
