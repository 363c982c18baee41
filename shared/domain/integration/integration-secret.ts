import * as z from 'zod';
import { type DataKey, open, seal } from '../../platform/crypto/sealed.ts';
import { AI_PROVIDERS } from './integration.ts';
import { type PmsCredential, pmsCredential } from './pms-credential.ts';

/** An AI key together with the provider that it was saved for, so that it never travels to another one. */
const aiKey = z.object({ proveedor: z.enum(AI_PROVIDERS), api_key: z.string().min(1) });
export type AiKey = z.infer<typeof aiKey>;

/** Where the sealed texts rest: none opens in another's place. */
const PMS_PLACE = 'integration/pms';
const AI_PLACE = 'integration/ia';
const DISCORD_PLACE = 'integration/discord';

/** @param key the tenant's data key of purpose `integrations` */
export function sealPmsCredential(key: DataKey, credential: PmsCredential): string {
  return seal(key, PMS_PLACE, JSON.stringify(credential));
}

/** @throws Error when it was sealed under another key or changed (`stay-sidekick.md` §2.14) */
export function openPmsCredential(key: DataKey, sealed: string): PmsCredential {
  return pmsCredential.parse(JSON.parse(open(key, PMS_PLACE, sealed)));
}

/** @param key the tenant's data key of purpose `integrations` */
export function sealAiKey(key: DataKey, content: AiKey): string {
  return seal(key, AI_PLACE, JSON.stringify(content));
}

/** @throws Error when it was sealed under another key or changed (`stay-sidekick.md` §2.14) */
export function openAiKey(key: DataKey, sealed: string): AiKey {
  return aiKey.parse(JSON.parse(open(key, AI_PLACE, sealed)));
}

/** @param key the tenant's data key of purpose `integrations` */
export function sealDiscordWebhook(key: DataKey, address: string): string {
  return seal(key, DISCORD_PLACE, address);
}

/** @throws Error when it was sealed under another key or changed (`stay-sidekick.md` §2.14) */
export function openDiscordWebhook(key: DataKey, sealed: string): string {
  return open(key, DISCORD_PLACE, sealed);
}
