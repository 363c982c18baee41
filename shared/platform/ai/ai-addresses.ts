import { type PartnerHosts, partnerAddress } from '../outbound/partner-address.ts';
import type { AiVendor } from './ai-client.ts';

/** The variables that name the vendors' base addresses (`platform.md` §3). */
export interface AiAddressVariables {
  readonly GEMINI_BASE_URL: string;
  readonly OPENAI_BASE_URL: string;
  readonly ANTHROPIC_BASE_URL: string;
  readonly PARTNER_HOSTS: PartnerHosts;
}

interface Place {
  readonly variable: Exclude<keyof AiAddressVariables, 'PARTNER_HOSTS'>;
  readonly hosts: readonly string[];
}

const PLACES: Readonly<Record<AiVendor, Place>> = {
  gemini: { variable: 'GEMINI_BASE_URL', hosts: ['generativelanguage.googleapis.com'] },
  openai: { variable: 'OPENAI_BASE_URL', hosts: ['api.openai.com', 'eu.api.openai.com', 'us.api.openai.com'] },
  claude: { variable: 'ANTHROPIC_BASE_URL', hosts: ['api.anthropic.com'] },
};

/** A vendor's base address. @throws Error naming the variable when it points away from the vendor */
export function aiAddress(vendor: AiVendor, env: AiAddressVariables): string {
  const { variable, hosts } = PLACES[vendor];
  return partnerAddress(variable, env[variable], { hosts, allowed: env.PARTNER_HOSTS });
}
