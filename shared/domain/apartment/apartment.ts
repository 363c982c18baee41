import * as z from 'zod';

/** Where a dwelling came from (`stay-sidekick.md` §3.3), the other PMSs besides; set once. */
export const APARTMENT_ORIGINS = ['smoobu', 'beds24', 'hostaway', 'cloudbeds', 'manual', 'xlsx'] as const;
export type ApartmentOrigin = (typeof APARTMENT_ORIGINS)[number];

/** Most characters of each text (`stay-sidekick.md` §3.3). */
export const APARTMENT_LIMITS = {
  id_pms: 100,
  id_externo: 100,
  nombre: 200,
  direccion: 300,
  ciudad: 100,
  numero_registro: 100,
} as const;

/** A dwelling of the catalogue (`stay-sidekick.md` §3.3). */
export const apartment = z.object({
  id: z.uuid(),
  empresa_id: z.uuid(),
  /** Id in the PMS: unique in the company, and what a sync or an import finds a dwelling by. */
  id_pms: z.string().nullable(),
  id_externo: z.string().nullable(),
  nombre: z.string(),
  direccion: z.string().nullable(),
  ciudad: z.string().nullable(),
  /** Number under which the authorities keep the dwelling. */
  numero_registro: z.string().nullable().default(null),
  pms_origen: z.enum(APARTMENT_ORIGINS).nullable(),
  activo: z.boolean(),
  /** Counts the changes of the row, from 1. */
  revision: z.int().positive().default(1),
  created_at: z.string(),
  updated_at: z.string(),
});
export type Apartment = z.infer<typeof apartment>;
