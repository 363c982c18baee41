import * as z from 'zod';
import { discordMessage } from '../../platform/discord/discord-message.ts';
import { DISCORD_CHANNELS } from '../../platform/discord/discord-webhook.ts';

/** What an entry of kind `discord` says: a card and the channel that it goes to. */
export const discordContent = z.object({ channel: z.enum(DISCORD_CHANNELS), message: discordMessage });
export type DiscordContent = z.infer<typeof discordContent>;
