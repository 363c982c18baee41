import type { CallOut } from '../outbound/outbound-call.ts';
import { type PartnerHosts, partnerAddress } from '../outbound/partner-address.ts';
import type { AiClient, AiVendor } from './ai-client.ts';
import { anthropicWire } from './anthropic.ts';
import { geminiWire } from './gemini.ts';
import { openaiWire } from './openai.ts';
import { type Wire, wireClient } from './wire-client.ts';

/** The variables that name the vendors' base addresses (`platform.md` §3). */
export interface AiAddressVariables {
  readonly GEMINI_BASE_URL: string;
  readonly OPENAI_BASE_URL: string;
  readonly ANTHROPIC_BASE_URL: string;
  readonly PARTNER_HOSTS: PartnerHosts;
}

interface Vendor {
  readonly variable: Exclude<keyof AiAddressVariables, 'PARTNER_HOSTS'>;
  readonly hosts: readonly string[];
  readonly wire: Wire;
}

const VENDORS: Readonly<Record<AiVendor, Vendor>> = {
  gemini: { variable: 'GEMINI_BASE_URL', hosts: ['generativelanguage.googleapis.com'], wire: geminiWire },
  openai: {
    variable: 'OPENAI_BASE_URL',
    hosts: ['api.openai.com', 'eu.api.openai.com', 'us.api.openai.com'],
    wire: openaiWire,
  },
  claude: { variable: 'ANTHROPIC_BASE_URL', hosts: ['api.anthropic.com'], wire: anthropicWire },
};

/**
 * A client for each vendor; the addresses are checked once at start.
 * @throws Error naming the variable that points away from its vendor
 */
export function aiClients(env: AiAddressVariables, callOut: CallOut): Readonly<Record<AiVendor, AiClient>> {
  const clientOf = (name: AiVendor) => {
    const { variable, hosts, wire } = VENDORS[name];
    const base = partnerAddress(variable, env[variable], { hosts, allowed: env.PARTNER_HOSTS });
    return wireClient(wire, { base, callOut });
  };
  return { gemini: clientOf('gemini'), openai: clientOf('openai'), claude: clientOf('claude') };
}
