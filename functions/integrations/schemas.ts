import * as z from 'zod';
import { AI_PROVIDERS } from '../../shared/domain/integration/integration.ts';
import { PMS_PROVIDERS } from '../../shared/domain/integration/pms-provider.ts';

const configurado = z.boolean();

/** `GET /api/perfil/integraciones` (`stay-sidekick.md` §4.3): whether and which, never a part of a key (S-13). */
export const integracionesAnswer = z.object({
  ok: z.literal(true),
  data: z.object({
    pms: z.object({ configurado, proveedor: z.enum(PMS_PROVIDERS).nullable() }),
    ia: z.object({ configurado, proveedor: z.enum(AI_PROVIDERS), modelo: z.string().nullable() }),
    google: z.object({ configurado }),
  }),
});

/** `api_key` holds what the provider gives out, in the forms of `integrations.md` §0.4. */
export const pmsBody = z.strictObject({
  proveedor: z.enum(PMS_PROVIDERS),
  api_key: z.string().trim().min(1).max(500),
});
export type PmsBody = z.output<typeof pmsBody>;

/**
 * `verificada` is what the provider said of the key: true or false, null when it did not say in time. Saved it is in
 * every case (ruling 9).
 */
export const pmsAnswer = z.object({ ok: z.literal(true), verificada: z.boolean().nullable() });

/** The catalogue's view of the same connection (`stay-sidekick.md` §4.6): never a part of the key. */
const pmsConfig = z.object({
  proveedor: z.enum(PMS_PROVIDERS),
  endpoint: z.string().nullable(),
  activo: z.boolean(),
  /** When the catalogue was last read from this PMS with success. */
  ultimo_sync: z.string().nullable(),
});
export type PmsConfig = z.output<typeof pmsConfig>;

export const pmsConfigAnswer = z.object({ ok: z.literal(true), config: pmsConfig.nullable() });

/** An omitted `endpoint` is set back to the usual one. */
export const pmsConfigBody = pmsBody.extend({ endpoint: z.string().trim().max(500).nullable().default(null) });
export type PmsConfigBody = z.output<typeof pmsConfigBody>;

export const pmsConfigSavedAnswer = pmsAnswer.extend({ config: pmsConfig });

/** Whether the company has a channel of its own; its address is in no answer. */
export const discordAnswer = z.object({ ok: z.literal(true), configurado });

export const discordBody = z.strictObject({ webhook_url: z.string().trim().min(1).max(500) });
export type DiscordBody = z.output<typeof discordBody>;

/** Without `api_key` the stored key stays; `null` or `""` erases it (ruling 15). */
export const iaBody = z.strictObject({
  proveedor: z.enum(AI_PROVIDERS),
  modelo: z.string().max(100).nullable().default(null),
  api_key: z.string().max(500).nullable().optional(),
});
export type IaBody = z.output<typeof iaBody>;
