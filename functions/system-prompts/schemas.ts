import * as z from 'zod';
import { SYSTEM_PROMPT_NAMES } from '../../shared/domain/vault/system-prompt.ts';

/** A name that is none of them is a 404. */
export const promptParams = z.object({ nombre: z.enum(SYSTEM_PROMPT_NAMES) });

/** Longest prompt: far above any that a model follows, far below what a row holds. */
const LONGEST = 20_000;

/** Unknown keys are ignored (`stay-sidekick.md` §2.4). */
export const promptBody = z.object({
  contenido: z
    .string()
    .min(1)
    .max(LONGEST)
    .refine((text) => text.trim() !== '', { error: 'No puede estar en blanco.' }),
});
export type PromptBody = z.output<typeof promptBody>;

export const promptAnswer = z.object({
  ok: z.literal(true),
  nombre: z.enum(SYSTEM_PROMPT_NAMES),
  contenido: z.string(),
});
