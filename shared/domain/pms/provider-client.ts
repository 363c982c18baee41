import type { Clock } from '../../platform/clock/clock.ts';
import type { Ids } from '../../platform/ids/ids.ts';
import type { PmsCredential } from '../integration/pms-credential.ts';
import type { AccessTokens } from './access-token.ts';
import { beds24Client } from './beds24-client.ts';
import { cloudbedsClient } from './cloudbeds-client.ts';
import { hostawayClient } from './hostaway-client.ts';
import type { PmsClient } from './pms-client.ts';
import type { PmsSession } from './pms-session.ts';
import { smoobuClient } from './smoobu-client.ts';

export interface ProviderDeps {
  readonly session: PmsSession;
  readonly tokens: AccessTokens;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** The client of whichever provider the credential is of. */
export function providerClient(credential: PmsCredential, deps: ProviderDeps): PmsClient {
  const { session, tokens, clock } = deps;
  switch (credential.proveedor) {
    case 'smoobu':
      return smoobuClient(session, credential, deps);
    case 'beds24':
      return beds24Client(session, credential, tokens);
    case 'hostaway':
      return hostawayClient(session, credential, tokens);
    case 'cloudbeds':
      return cloudbedsClient(session, credential, clock.now().toISOString().slice(0, 10));
  }
}
