import * as z from 'zod';
import { emailField } from '../../shared/domain/identity/email.ts';

const stringified = z.preprocess((value) => {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === null ? undefined : value;
}, z.string());

/** `POST /api/auth/login` (`stay-sidekick.md` §4.2): unknown keys ignored, every field read as text (§2.4). */
export const loginBody = z.object({
  email: stringified.pipe(emailField),
  password: stringified.pipe(
    z
      .string()
      .min(8)
      .max(128)
      .refine((text) => text.trim() !== '', { error: 'No puede estar en blanco.' }),
  ),
  /** Where the log-in came from; informational, so a wrong one is no reason to refuse. */
  origen: stringified.pipe(z.string().transform((text) => text.replace(/[^\w-]/g, '').slice(0, 16))).default('web'),
});
export type LoginBody = z.output<typeof loginBody>;

export const loginAnswer = z.object({ ok: z.literal(true), token: z.string(), debe_cambiar_password: z.boolean() });

export const validacionAnswer = z.object({ ok: z.boolean() });
