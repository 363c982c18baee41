import type { Clock } from '../../platform/clock/clock.ts';
import type { TenantKeys } from '../../platform/crypto/tenant-keys.ts';
import { callOut } from '../../platform/outbound/outbound-call.ts';
import type { SecretStore } from '../../platform/secrets/secret-store.ts';
import type { GoogleDeps } from './google-account.ts';
import { type GoogleVariables, googleAddresses } from './google-addresses.ts';

/**
 * Google as a function has it, bound to its environment once at start.
 * @throws Error naming the variable that points away from Google
 */
export function boundGoogle(
  env: GoogleVariables & { readonly GOOGLE_CLIENT_ID: string; readonly GOOGLE_REDIRECT_URI: string },
  { keys, clock, secrets }: { readonly keys: TenantKeys; readonly clock: Clock; readonly secrets: SecretStore },
): GoogleDeps {
  const application = {
    clientId: env.GOOGLE_CLIENT_ID,
    clientSecret: () => secrets.read('GOOGLE_CLIENT_SECRET'),
    redirectUri: env.GOOGLE_REDIRECT_URI,
  };
  return { addresses: googleAddresses(env), application, callOut, keys, clock };
}
