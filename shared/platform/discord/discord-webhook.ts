import { type CallOut, OutboundFailed } from '../outbound/outbound-call.ts';
import { type DiscordMessage, wireMessage } from './discord-message.ts';

/** Channels of the operator, by the secret that holds their webhook's address. */
export const DISCORD_CHANNELS = ['DISCORD_WEBHOOK_URL', 'DISCORD_WEBHOOK_CONTACT_URL'] as const;

export interface Discord {
  /**
   * Posts a card into a channel.
   * @param webhook its webhook's address
   * @throws DiscordRefused when it can never get there as it is
   * @throws DiscordUndelivered when a later try may succeed
   */
  post(webhook: string, message: DiscordMessage): Promise<void>;
}

/** The webhook is not set or gone, or Discord does not take the message. */
export class DiscordRefused extends Error {
  override readonly name = 'DiscordRefused';
}

/** Discord was away, slow or busy. */
export class DiscordUndelivered extends Error {
  override readonly name = 'DiscordUndelivered';
}

const TIMEOUT_MS = 5_000;
const MOST_BYTES = 65_536;
const HOSTS = ['discord.com', 'discordapp.com', 'ptb.discord.com', 'canary.discord.com'];
const WEBHOOK = /^\/api(?:\/v\d+)?\/webhooks\/\d+\/[\w-]+$/;

/** The webhook's path; undefined for a text that is no address of a webhook of Discord's. */
export function webhookPath(address: string): string | undefined {
  const url = URL.parse(address.trim());
  const isDiscords = url?.protocol === 'https:' && url.port === '' && HOSTS.includes(url.hostname);
  return isDiscords && WEBHOOK.test(url.pathname) ? url.pathname : undefined;
}

/**
 * Discord's webhooks (`integrations.md` §4.4). One try: the queue is what tries again. The address is a secret, so no
 * error quotes it.
 * @param base Discord's address without a slash at its end
 */
export function discordWebhooks(base: string, callOut: CallOut): Discord {
  return {
    async post(webhook, message) {
      const path = webhookPath(webhook);
      if (path === undefined) throw new DiscordRefused('What is set is not the address of a webhook');
      const { status } = await callOut(
        {
          method: 'POST',
          address: `${base}${path}`,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(wireMessage(message)),
        },
        { signal: AbortSignal.timeout(TIMEOUT_MS), mostBytes: MOST_BYTES },
      ).catch((thrown: unknown) => {
        if (thrown instanceof OutboundFailed) throw new DiscordUndelivered(`Discord gave no answer: ${thrown.problem}`);
        throw thrown;
      });
      if (status === 200 || status === 204) return;
      const isLater = status === 429 || status >= 500;
      throw isLater
        ? new DiscordUndelivered(`Discord answered ${status}`)
        : new DiscordRefused(`Discord answered ${status}`);
    },
  };
}
