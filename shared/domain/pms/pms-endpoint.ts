import type { PartnerHosts } from '../../platform/outbound/partner-address.ts';
import { type PmsAddressVariables, pmsAddresses } from '../integration/pms-addresses.ts';
import type { PmsProvider } from '../integration/pms-provider.ts';

/** Where each of a provider's hosts keeps its API (`integrations.md` §1.1.1, §1.2.1, §1.3.1, §1.4.1). */
const BASES: Readonly<Record<PmsProvider, Readonly<Record<string, string>>>> = {
  smoobu: { 'login.smoobu.com': 'https://login.smoobu.com' },
  beds24: { 'beds24.com': 'https://beds24.com/api/v2', 'api.beds24.com': 'https://api.beds24.com/v2' },
  hostaway: { 'api.hostaway.com': 'https://api.hostaway.com/v1' },
  cloudbeds: { 'api.cloudbeds.com': 'https://api.cloudbeds.com/api/v1.3' },
};

/**
 * The API behind an address that somebody typed: it chooses among the provider's own hosts and says nothing else, so
 * that a key travels nowhere but to its provider (D-09). Undefined for every other address.
 *
 * @example endpointBase('beds24', 'https://api.beds24.com/') // 'https://api.beds24.com/v2'
 */
export function endpointBase(provider: PmsProvider, endpoint: string): string | undefined {
  const url = URL.parse(endpoint);
  if (url === null || url.protocol !== 'https:' || url.port !== '') return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  return Object.hasOwn(BASES[provider], url.hostname) ? BASES[provider][url.hostname] : undefined;
}

/** Hosts that an endpoint of the provider may name, for the sentence that says so. */
export function endpointHosts(provider: PmsProvider): readonly string[] {
  return Object.keys(BASES[provider]);
}

export interface PmsBases {
  readonly addresses: Readonly<Record<PmsProvider, string>>;
  readonly hosts: PartnerHosts;
}

/**
 * The stage's own addresses, checked once at start.
 * @throws Error naming the variable that points away from its provider
 */
export function pmsBases(env: PmsAddressVariables): PmsBases {
  return { addresses: pmsAddresses(env), hosts: env.PARTNER_HOSTS };
}

/** Where a company's PMS is asked: at its endpoint if it has one that fits, else where the stage says. */
export function baseOf({ addresses, hosts }: PmsBases, provider: PmsProvider, endpoint: string | null): string {
  // A stand-in is not to be bypassed.
  if (hosts === 'any' || endpoint === null) return addresses[provider];
  return endpointBase(provider, endpoint) ?? addresses[provider];
}
