import type { GrantRevoker } from '../erasure/grant-revoker.ts';
import type { GoogleDeps } from './google-account.ts';
import { GoogleConnectionRepository } from './google-connection.repository.ts';
import { revokeGrant } from './google-oauth.ts';
import { readTokens } from './read-tokens.ts';

/** Ends a company's grant at Google, the one that is no longer in use too: it may still be open there. */
export function googleGrants(deps: Pick<GoogleDeps, 'addresses' | 'application' | 'callOut' | 'keys'>): GrantRevoker {
  return {
    async revoke(scope, signal) {
      const connection = await new GoogleConnectionRepository(scope).find();
      if (connection === undefined) return 'ninguna';
      const key = await deps.keys.dataKey(scope, 'integrations');
      await revokeGrant(deps, readTokens(key, connection).refresh_token, signal);
      return 'revocada';
    },
  };
}
