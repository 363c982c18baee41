import * as z from 'zod';
import { auditEntry } from '../../shared/domain/audit/audit-entry.ts';
import { pageQuery } from '../../shared/platform/http/answers.ts';

/**
 * `verificar=1` verifies the whole chain as well. `empresa_id` is looked at for a superadmin alone; empty stands for
 * the own company (`stay-sidekick.md` §2.11).
 */
export const auditoriaQuery = pageQuery.extend({
  verificar: z.enum(['0', '1']).default('0').describe('`1` comprueba además la cadena entera.'),
  empresa_id: z.string().optional().describe('Otra empresa que la propia; solo cuenta para superadministradores.'),
});
export type AuditoriaQuery = z.output<typeof auditoriaQuery>;

const verificacion = z.object({
  integra: z.boolean(),
  /** Entries that fit, counted from the first. */
  entradas: z.int().nonnegative(),
  /** Number of the first entry that was altered, removed or slipped in. */
  primera_rotura: z.int().positive().nullable(),
});

/** `siguiente` is the cursor of the next page, null on the last. */
export const auditoriaAnswer = z.object({
  ok: z.literal(true),
  entradas: z.array(auditEntry),
  siguiente: z.string().nullable(),
  verificacion: verificacion.optional(),
});
