import * as z from 'zod';
import { discordMessage } from '../../platform/discord/discord-message.ts';
import { DISCORD_CHANNELS } from '../../platform/discord/discord-webhook.ts';

/**
 * What an entry of kind `discord` says: a card and the channel that it goes to, one of the operator's or the company's
 * own. The address stays where it rests, so that a card never goes to one that was removed or replaced.
 */
export const discordContent = z.object({ channel: z.enum([...DISCORD_CHANNELS, 'empresa']), message: discordMessage });
export type DiscordContent = z.infer<typeof discordContent>;
