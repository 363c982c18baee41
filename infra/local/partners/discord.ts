import * as z from 'zod';
import type { Partner, PartnerAnswer } from './partner.ts';
import { scriptedData } from './partner-data.ts';

const WEBHOOK = /^\/api(?:\/v\d+)?\/webhooks\/(\d+)\/([\w-]+)$/;
const MOST_TEXT = 6_000;

const text = (most: number) => z.string().max(most);
const embed = z.object({
  title: text(256).optional(),
  description: text(4_096).optional(),
  color: z.int().optional(),
  fields: z
    .array(z.object({ name: text(256).min(1), value: text(1_024).min(1), inline: z.boolean().optional() }))
    .max(25)
    .default([]),
  footer: z.object({ text: text(2_048) }).optional(),
  timestamp: z.iso.datetime({ offset: true }).optional(),
});
const message = z.object({
  content: text(2_000).default(''),
  allowed_mentions: z.object({ parse: z.array(z.string()) }).optional(),
  embeds: z.array(embed).max(10).default([]),
});

const discordData = z.strictObject({
  /** Webhooks that somebody has deleted, by their token. */
  deleted: z.array(z.string()),
  /** What was posted, oldest first, with the token of its webhook. */
  posted: z.array(z.looseObject({ webhook: z.string() })),
});

function invalid(...where: readonly string[]): PartnerAnswer {
  return {
    status: 400,
    body: { message: 'Invalid Form Body', code: 50035, errors: Object.fromEntries(where.map((at) => [at, {}])) },
  };
}

/** Discord's webhooks (`integrations.md` §4.4): whatever is posted can be read as the stand-in's data. */
export function discord(): Partner {
  const data = scriptedData(discordData, () => ({ deleted: [], posted: [] }));
  return {
    name: 'discord',
    addressVariable: 'DISCORD_BASE_URL',
    data,
    faults: {
      down: { status: 503, body: 'upstream connect error' },
      '401': { status: 401, body: { message: 'Invalid Webhook Token', code: 50027 } },
      '429': {
        status: 429,
        headers: { 'retry-after': '2', 'x-ratelimit-scope': 'shared' },
        body: { message: 'You are being rate limited.', retry_after: 1.337, global: false },
      },
    },
    keyOf: ({ path }) => WEBHOOK.exec(path)?.[2],
    answer(request) {
      const [, , webhook] = WEBHOOK.exec(request.path) ?? [];
      if (webhook === undefined || data.get().deleted.includes(webhook)) {
        return { status: 404, body: { message: 'Unknown Webhook', code: 10015 } };
      }
      if (request.method !== 'POST') return { status: 405, body: { message: '405: Method Not Allowed', code: 0 } };
      const parsed = message.safeParse(jsonOf(request.body));
      if (!parsed.success) return invalid(...parsed.error.issues.map(({ path }) => path.join('.')));
      const { content, embeds } = parsed.data;
      if (content === '' && embeds.length === 0)
        return { status: 400, body: { message: 'Cannot send an empty message', code: 50006 } };
      if (textLength(embeds) > MOST_TEXT) return invalid('embeds');
      const { posted } = data.get();
      data.merge({ posted: [...posted, { webhook, ...parsed.data }] });
      return { status: 204, body: '' };
    },
    reset: () => undefined,
  };
}

function textLength(embeds: readonly z.output<typeof embed>[]): number {
  const texts = embeds.flatMap(({ title, description, fields, footer }) => [
    title,
    description,
    footer?.text,
    ...fields.flatMap(({ name, value }) => [name, value]),
  ]);
  return texts.reduce((sum, each) => sum + (each?.length ?? 0), 0);
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
