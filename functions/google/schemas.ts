import * as z from 'zod';
import { BROKEN_REASONS } from '../../shared/domain/google/google-connection.ts';

export const consentAnswer = z.object({ ok: z.literal(true), url: z.url() });

/** What Google adds to the callback's address; none of it can be relied on. */
export const callbackQuery = z.object({
  code: z.string().optional(),
  state: z.string().optional(),
  error: z.string().optional(),
});
export type CallbackQuery = z.output<typeof callbackQuery>;

/** `reconectar`: there was a connection that Google no longer takes; `motivo` says why. */
export const statusAnswer = z.object({
  ok: z.literal(true),
  google: z.union([
    z.object({ conectado: z.literal(true), alcance: z.string(), ultimo_sync: z.string().nullable() }),
    z.object({ conectado: z.literal(false), reconectar: z.literal(true), motivo: z.enum(BROKEN_REASONS) }),
    z.object({ conectado: z.literal(false) }),
  ]),
});
