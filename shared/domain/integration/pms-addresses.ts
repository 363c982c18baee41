import { type PartnerHosts, partnerAddress } from '../../platform/outbound/partner-address.ts';
import { PMS_HOSTS, type PmsProvider } from './pms-provider.ts';

/** The variables that name the providers' base addresses (`platform.md` §3). */
export interface PmsAddressVariables {
  readonly SMOOBU_BASE_URL: string;
  readonly BEDS24_BASE_URL: string;
  readonly HOSTAWAY_BASE_URL: string;
  readonly CLOUDBEDS_BASE_URL: string;
  readonly PARTNER_HOSTS: PartnerHosts;
}

/**
 * Each provider's base address, checked once at start.
 * @throws Error naming the variable that points away from its provider
 */
export function pmsAddresses(env: PmsAddressVariables): Readonly<Record<PmsProvider, string>> {
  const addressOf = (provider: PmsProvider, variable: Exclude<keyof PmsAddressVariables, 'PARTNER_HOSTS'>) =>
    partnerAddress(variable, env[variable], { hosts: PMS_HOSTS[provider], allowed: env.PARTNER_HOSTS });
  return {
    smoobu: addressOf('smoobu', 'SMOOBU_BASE_URL'),
    beds24: addressOf('beds24', 'BEDS24_BASE_URL'),
    hostaway: addressOf('hostaway', 'HOSTAWAY_BASE_URL'),
    cloudbeds: addressOf('cloudbeds', 'CLOUDBEDS_BASE_URL'),
  };
}
