import * as z from 'zod';

/** Characters that Discord takes as a card's description (`integrations.md` §4.4). */
export const LONGEST_DESCRIPTION = 4_096;
/** Lengths that Discord takes (`integrations.md` §4.4). */
const LONGEST = { title: 256, description: LONGEST_DESCRIPTION, name: 256, value: 1_024, footer: 2_048 } as const;

const text = (most: number) => z.string().min(1).max(most);

/** One card in a Discord channel. The long text is its description: a field would be cut at 1,024 (D-38). */
export const discordMessage = z.object({
  title: text(LONGEST.title),
  /** As 0xRRGGBB. */
  color: z.int().min(0).max(0xff_ff_ff),
  description: text(LONGEST.description),
  fields: z.array(z.object({ name: text(LONGEST.name), value: text(LONGEST.value) })).max(25),
  footer: text(LONGEST.footer),
  /** ISO 8601, UTC. */
  timestamp: z.string(),
});
export type DiscordMessage = z.infer<typeof discordMessage>;

/** Characters with a meaning in Discord's own markup, masked links among them. */
const MARKUP = /[\\*_~`|>[\]]/g;

/** A stranger's text shown as it was written, whatever it looks like. */
export function shownAsWritten(stranger: string): string {
  return stranger.replace(MARKUP, '\\$&');
}

/** What is posted; nobody is ever pinged by what a stranger has written. */
export function wireMessage({ fields, footer, ...card }: DiscordMessage): object {
  return {
    allowed_mentions: { parse: [] },
    embeds: [{ ...card, fields: fields.map((field) => ({ ...field, inline: true })), footer: { text: footer } }],
  };
}
