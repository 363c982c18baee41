import { consentAddress, type OauthDeps } from '../../../shared/domain/google/google-oauth.ts';
import { type OauthState, STATE_LIFE_S, verifierOf, writeState } from '../../../shared/domain/google/oauth-state.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import type { Clock } from '../../../shared/platform/clock/clock.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { Ids } from '../../../shared/platform/ids/ids.ts';

export interface BeginDeps {
  readonly states: { add(state: OauthState): Promise<void> };
  /** The platform's `SECRET_KEY`. */
  readonly secret: () => Promise<string>;
  readonly oauth: OauthDeps;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Where the caller consents. The way back is open to this user, once, for ten minutes (D-11). */
export async function beginConsent({ states, secret, oauth, clock, ids }: BeginDeps, { empresaId, userId }: Actor) {
  const expires = Math.floor(clock.now().getTime() / 1000) + STATE_LIFE_S;
  const state = { empresaId, userId, nonce: ids.uuid(), expires };
  const key = await secret();
  await states.add(state);
  return ok({
    url: consentAddress(oauth, { state: writeState(key, state), verifier: verifierOf(key, state.nonce) }),
  });
}
