import type { Clock } from '../../platform/clock/clock.ts';
import type { TenantKeys } from '../../platform/crypto/tenant-keys.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { GoogleAccess } from './google-access.ts';
import { GoogleConnectionRepository } from './google-connection.repository.ts';
import { type BrokenReason, type KnownContacts, sealTokens } from './google-connection.ts';
import { type OauthDeps, refreshAccess } from './google-oauth.ts';
import { PeopleClient } from './people-client.ts';
import { readTokens } from './read-tokens.ts';

export interface GoogleDeps extends OauthDeps {
  readonly keys: TenantKeys;
  readonly clock: Clock;
}

/** A company's Google account, ready to be asked. */
export interface GoogleAccount {
  readonly people: PeopleClient;
  /** What is known of its contacts; null before the first read. */
  readonly known: KnownContacts | null;
  keepKnown(known: KnownContacts): Promise<void>;
  markBroken(reason: BrokenReason): Promise<void>;
}

/** Undefined when the company has connected none, or its grant is no longer in use. */
export type ConnectGoogle = (scope: TenantScope) => Promise<GoogleAccount | undefined>;

/**
 * Opens a company's grant under its own data key, so that no other company's can take its place.
 *
 * @example const account = await googleAccounts(deps)(scope)
 * @throws GoogleFailed `KEY_UNREADABLE` when the stored tokens open no more; AppError `unavailable` while KMS is away
 */
export function googleAccounts(deps: GoogleDeps): ConnectGoogle {
  return async (scope) => {
    const connections = new GoogleConnectionRepository(scope);
    const connection = await connections.find();
    if (connection?.activo !== true) return undefined;
    const key = await deps.keys.dataKey(scope, 'integrations');
    const tokens = readTokens(key, connection);
    const keep = (access_token: string, expiry: Date) => {
      const sealed = sealTokens(key, connection.id, { ...tokens, access_token });
      return connections.keepTokens(connection.id, sealed, expiry.toISOString());
    };
    const refresh = () => refreshAccess(deps, tokens.refresh_token);
    const access = new GoogleAccess({ clock: deps.clock, refresh, keep }, tokens.access_token, connection.token_expiry);
    return {
      people: new PeopleClient({ address: deps.addresses.people, access, callOut: deps.callOut }),
      known: connection.contactos,
      keepKnown: (known) => connections.keepKnownContacts(connection.id, known),
      markBroken: (reason) => connections.markBroken(connection.id, reason),
    };
  };
}
