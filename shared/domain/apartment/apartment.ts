import * as z from 'zod';

/** A dwelling of the catalogue (`stay-sidekick.md` §3.3). */
export const apartment = z.object({
  id: z.uuid(),
  empresa_id: z.uuid(),
  id_pms: z.string().nullable(),
  id_externo: z.string().nullable(),
  nombre: z.string(),
  direccion: z.string().nullable(),
  ciudad: z.string().nullable(),
  pms_origen: z.enum(['smoobu', 'beds24', 'hostaway', 'cloudbeds', 'manual', 'xlsx']).nullable(),
  activo: z.boolean(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type Apartment = z.infer<typeof apartment>;
