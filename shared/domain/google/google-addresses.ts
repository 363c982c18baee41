import { type PartnerHosts, partnerAddress } from '../../platform/outbound/partner-address.ts';

/** The variables that say where Google is and which application we are there. */
export interface GoogleVariables {
  readonly GOOGLE_ACCOUNTS_BASE_URL: string;
  readonly GOOGLE_OAUTH_BASE_URL: string;
  readonly GOOGLE_PEOPLE_BASE_URL: string;
  readonly PARTNER_HOSTS: PartnerHosts;
}

/** Google's base addresses without a slash at the end. */
export interface GoogleAddresses {
  /** Where people consent. */
  readonly accounts: string;
  /** Where codes become tokens, and tokens end. */
  readonly oauth: string;
  /** People API, with its version. */
  readonly people: string;
}

/**
 * Checked once at start.
 * @throws Error naming the variable that points away from Google
 */
export function googleAddresses(env: GoogleVariables): GoogleAddresses {
  const addressOf = (variable: Exclude<keyof GoogleVariables, 'PARTNER_HOSTS'>, host: string) =>
    partnerAddress(variable, env[variable], { hosts: [host], allowed: env.PARTNER_HOSTS });
  return {
    accounts: addressOf('GOOGLE_ACCOUNTS_BASE_URL', 'accounts.google.com'),
    oauth: addressOf('GOOGLE_OAUTH_BASE_URL', 'oauth2.googleapis.com'),
    people: addressOf('GOOGLE_PEOPLE_BASE_URL', 'people.googleapis.com'),
  };
}
