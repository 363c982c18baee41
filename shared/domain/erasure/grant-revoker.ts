import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import type { GrantOutcome } from './erasure.ts';

/** Longest that an erasure waits for Google (ruling 11). */
const GRANT_LIMIT_MS = 3_000;

/** Ends what a company has allowed us at Google. */
export interface GrantRevoker {
  /**
   * Called while the company's data keys still open what is stored; again when an erasure was interrupted.
   * @param signal aborts when the erasure goes on without the answer
   */
  revoke(scope: TenantScope, signal: AbortSignal): Promise<'ninguna' | 'revocada'>;
}

/** What came of it within three seconds; a revoker that fails holds up nothing. */
export async function revokeInTime(revoker: GrantRevoker, scope: TenantScope): Promise<GrantOutcome> {
  const limit = AbortSignal.timeout(GRANT_LIMIT_MS);
  const silence = new Promise<GrantOutcome>((resolve) => {
    limit.addEventListener('abort', () => resolve('sin_respuesta'), { once: true });
  });
  try {
    return await Promise.race([silence, revoker.revoke(scope, limit)]);
  } catch {
    return 'sin_respuesta';
  }
}
