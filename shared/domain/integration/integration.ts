import * as z from 'zod';
import { PMS_PROVIDERS } from './pms-provider.ts';

export const AI_PROVIDERS = ['default', 'gemini', 'openai', 'claude'] as const;

/** The PMS of a company as stored; what using it leaves beside stands in `pms-connection.ts`. */
export const pmsIntegration = z.object({
  proveedor: z.enum(PMS_PROVIDERS),
  /** The credential, see `sealPmsCredential`. */
  sealed: z.string(),
  activo: z.boolean(),
  /** What the provider said when the key was saved; null when it did not say. */
  verificada: z.boolean().nullable(),
  /** Account behind the key, as the provider names it: tells whether a new key is of another account. */
  account: z.string().nullable(),
  /** The provider's host that the company has chosen, see `endpointBase`; absent or null for the usual one. */
  endpoint: z.string().nullable().optional(),
});
export type PmsIntegration = z.infer<typeof pmsIntegration>;

/** What using a PMS leaves beside its credential. All of it belongs to that credential and goes with it. */
export const pmsUse = z.object({
  /** The access token that the credential was exchanged for, sealed. */
  access_sealed: z.string().optional(),
  access_until: z.string().optional(),
  /** See `circuit-breaker.ts`. */
  breaker_failures: z.int().nonnegative().optional(),
  breaker_until: z.string().nullable().optional(),
});

/** The AI provider of a company as stored; without `sealed` the company uses the shared tier. */
export const aiIntegration = z.object({
  proveedor: z.enum(AI_PROVIDERS),
  modelo: z.string().nullable(),
  /** The company's own key, see `sealAiKey`. */
  sealed: z.string().optional(),
});
export type AiIntegration = z.infer<typeof aiIntegration>;

/** What a company's Google connection has to say here: whether it is in use. */
export const googleIntegration = z.object({ activo: z.boolean() });
export type GoogleIntegration = z.infer<typeof googleIntegration>;

/** The company's own Discord channel as stored; its webhook's address lets whoever has it write there. */
export const discordIntegration = z.object({
  /** The address, see `sealDiscordWebhook`. */
  sealed: z.string(),
});
export type DiscordIntegration = z.infer<typeof discordIntegration>;

/** Everything that a company has connected; absent what is not. */
export interface Integrations {
  readonly pms?: PmsIntegration;
  readonly ia?: AiIntegration;
  readonly google?: GoogleIntegration;
}
