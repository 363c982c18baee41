import * as z from 'zod';
import { syncLogEntry } from '../../shared/domain/sync-log/sync-log.ts';

const ok = z.literal(true);
const count = z.int().nonnegative();

/** Clients send `{}` or nothing. */
export const emptyBody = z.strictObject({});

/** `POST /api/apartamentos/sincronizacion/{pms}` (`stay-sidekick.md` §4.6), with what it keeps to itself there. */
export const sincronizacionAnswer = z.object({
  ok,
  resultado: z.object({
    /** Dwellings that were taken over: `nuevos` and `actualizados`. */
    total: count,
    nuevos: count,
    /** Those that were known, changed or not. */
    actualizados: count,
    /** Those of `actualizados` that were as the PMS says already. */
    sin_cambios: count,
    /** Dwellings of this PMS that it says are gone. */
    desactivados: z.array(z.object({ id: z.uuid(), id_pms: z.string().nullable(), nombre: z.string() })),
    /** Dwellings that the PMS lists but did not describe: left as they are until it does. */
    omitidos: z.array(z.object({ id_pms: z.string(), nombre: z.string() })),
  }),
  /** Sentences about what did not go as it should; absent when all did. */
  warnings: z.array(z.string()).optional(),
});

export const sincronizacionesAnswer = z.object({
  ok,
  sincronizaciones: z.array(syncLogEntry),
  /** Cursor of the next page, null on the last. */
  siguiente: z.string().nullable(),
  /** The last time that the connected PMS was read with success; null before the first. */
  ultima_lectura: z.object({ proveedor: z.string(), instante: z.string(), antiguedad_s: count }).nullable(),
});
