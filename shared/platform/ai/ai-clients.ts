import type { CallOut } from '../outbound/outbound-call.ts';
import { type AiAddressVariables, aiAddress } from './ai-addresses.ts';
import type { AiClient, AiVendor } from './ai-client.ts';
import { anthropicWire } from './anthropic.ts';
import { geminiWire } from './gemini.ts';
import { openaiWire } from './openai.ts';
import { type Wire, wireClient } from './wire-client.ts';

const WIRES: Readonly<Record<AiVendor, Wire>> = { gemini: geminiWire, openai: openaiWire, claude: anthropicWire };

/**
 * A client for each vendor; the addresses are checked once at start.
 * @throws Error naming the variable that points away from its vendor
 */
export function aiClients(env: AiAddressVariables, callOut: CallOut): Readonly<Record<AiVendor, AiClient>> {
  const clientOf = (name: AiVendor) => wireClient(WIRES[name], { base: aiAddress(name, env), callOut });
  return { gemini: clientOf('gemini'), openai: clientOf('openai'), claude: clientOf('claude') };
}
