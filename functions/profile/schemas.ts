import * as z from 'zod';
import { notificacionesTardias, xlsxApartamentos } from '../../shared/domain/company/settings.ts';

export const perfilAnswer = z.object({
  ok: z.literal(true),
  data: z.object({
    email: z.string(),
    rol: z.enum(['admin', 'operativo']),
    empresa_id: z.uuid(),
    password_changed_at: z.string().nullable(),
  }),
});

const notBlank = (text: string) => text.trim() !== '';

/** `PUT /api/perfil/password` (`stay-sidekick.md` §4.3): strict, passwords are never altered (§2.13). */
export const passwordBody = z
  .strictObject({
    password_actual: z.string().min(1).max(128),
    password_nueva: z.string().min(8).max(128).refine(notBlank, { error: 'No puede estar en blanco.' }),
    password_confirm: z.string().optional(),
  })
  .refine((body) => body.password_confirm === undefined || body.password_confirm === body.password_nueva, {
    path: ['password_confirm'],
    error: 'No coincide con la contraseña nueva.',
  });
export type PasswordBody = z.output<typeof passwordBody>;

export const xlsxApartamentosAnswer = z.object({ ok: z.literal(true), config: xlsxApartamentos.nullable() });

export const notificacionesTardioAnswer = z.object({ ok: z.literal(true), config: notificacionesTardias });
