import * as z from 'zod';

/** What was synchronised (`stay-sidekick.md` §3.5). */
export const SYNC_ORIGINS = ['pms', 'google_contacts', 'xlsx', 'heatmap_pms'] as const;
export type SyncOrigin = (typeof SYNC_ORIGINS)[number];

/** One line of a company's sync log (`stay-sidekick.md` §3.5, §6.7): append-only, names no guest and quotes no partner. */
export const syncLogEntry = z.object({
  id: z.string(),
  origen: z.enum(SYNC_ORIGINS),
  estado: z.enum(['exito', 'error', 'parcial']),
  /** The PMS that was asked; null where none was. */
  proveedor: z.string().nullable(),
  /** As §6.7 counts it; null when nothing came of it. */
  num_registros: z.int().nonnegative().nullable(),
  /** What became of the records, e.g. `{ "nuevos": 2, "actualizados": 10 }`. */
  recuentos: z.record(z.string(), z.int().nonnegative()),
  duracion_ms: z.int().nonnegative(),
  /** Who asked for it; null for the platform itself. */
  usuario_id: z.string().nullable(),
  /** A sentence in Spanish: the counts, the range or the cause. */
  detalle: z.string().nullable(),
  created_at: z.string(),
});
export type SyncLogEntry = z.infer<typeof syncLogEntry>;
