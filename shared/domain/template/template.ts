import * as z from 'zod';

/** Canonical categories; the late check-in tool's lower-case name maps to `CHECKIN_TARDIO` (D-31). */
export const TEMPLATE_CATEGORIES = [
  'BIENVENIDA',
  'INSTRUCCIONES',
  'RECORDATORIO',
  'CHECKIN_TARDIO',
  'CHECKOUT',
  'INCIDENCIA',
  'GENERAL',
] as const;

/** A message template of the vault (`stay-sidekick.md` §3.4). */
export const template = z.object({
  id: z.uuid(),
  empresa_id: z.uuid(),
  nombre: z.string(),
  contenido: z.string(),
  idioma: z.enum(['es', 'en', 'fr', 'de', 'it', 'pt']),
  categoria: z.enum(TEMPLATE_CATEGORIES).nullable(),
  activa: z.boolean(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type Template = z.infer<typeof template>;
