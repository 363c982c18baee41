import * as z from 'zod';
import { APARTMENT_LIMITS, APARTMENT_ORIGINS, apartment } from '../../shared/domain/apartment/apartment.ts';
import { apartmentImport } from '../../shared/domain/apartment-import/apartment-import.ts';
import { pageQuery } from '../../shared/platform/http/answers.ts';
import { plainLine } from '../../shared/platform/text/plain-line.ts';

const count = z.int().nonnegative();
const nombre = z.string().transform(plainLine).pipe(z.string().min(1).max(APARTMENT_LIMITS.nombre));

/** A text that may be cleared; a blank one is none. */
function optionalText(most: number) {
  const text = z.string().transform(plainLine).pipe(z.string().max(most));
  return text.nullable().transform((value) => value || null);
}

const direccion = optionalText(APARTMENT_LIMITS.direccion);
const ciudad = optionalText(APARTMENT_LIMITS.ciudad);
const numeroRegistro = optionalText(APARTMENT_LIMITS.numero_registro);

/** An apartment as clients see it: all keys always present (`stay-sidekick.md` §4.6). */
const shown = apartment.omit({ revision: true }).extend({
  pms_origen: z.enum(APARTMENT_ORIGINS).nullable(),
  numero_registro: z.string().nullable(),
});

export const apartamentoParams = z.object({ id: z.uuid() });

/** Without parameters the whole list, as the clients expect; `limite` or `cursor` ask for a page. */
export const apartamentosQuery = z.object({
  texto: z.string().trim().max(200).optional(),
  ciudad: z.string().trim().max(100).optional(),
  limite: pageQuery.shape.limite.removeDefault().optional(),
  cursor: pageQuery.shape.cursor,
});
export type ApartamentosQuery = z.output<typeof apartamentosQuery>;

export const apartamentosAnswer = z.object({
  ok: z.literal(true),
  apartamentos: z.array(shown),
  /** Cursor of the next page, null on the last; only where a page was asked for. */
  siguiente: z.string().nullable().optional(),
});

export const apartamentoAnswer = z.object({ ok: z.literal(true), apartamento: shown });

export const crearBody = z.strictObject({
  nombre,
  direccion: direccion.default(null),
  ciudad: ciudad.default(null),
  id_externo: optionalText(APARTMENT_LIMITS.id_externo).default(null),
  numero_registro: numeroRegistro.default(null),
});
export type CrearBody = z.output<typeof crearBody>;

export const cambiarBody = z
  .strictObject({
    nombre: nombre.optional(),
    direccion: direccion.optional(),
    ciudad: ciudad.optional(),
    numero_registro: numeroRegistro.optional(),
  })
  .refine((body) => Object.keys(body).length > 0, {
    error: 'No hay nada que cambiar: envía al menos un campo.',
    // What is wrong with a field says enough.
    when: ({ issues }) => issues.length === 0,
  });
export type CambiarBody = z.output<typeof cambiarBody>;

/** The preview that an import is bound to, as the preview gave it out. */
export const importarBody = z.object({ vista_previa: z.string().max(100).optional() });

/** One row of the workbook by its number in it, with the reason where it was left out. */
const fila = z.object({
  fila: z.int().positive(),
  resultado: z.enum(['nuevo', 'actualizado', 'sin_cambios', 'omitido']),
  motivo: z.string().nullable(),
});
export type Fila = z.output<typeof fila>;

export const importacionAnswer = z.object({
  ok: z.literal(true),
  /** `actualizados` counts every accepted row that is not new. */
  resultado: z.object({ total: count, nuevos: count, actualizados: count }),
  /** `id` names the import for undoing it; null when there was nothing to write. */
  importacion: z.object({ id: z.string().nullable(), filas: z.array(fila) }),
  warnings: z.array(z.string()).optional(),
});

const previsto = z.object({
  id_pms: z.string(),
  id_externo: z.string().nullable(),
  nombre: z.string(),
  ciudad: z.string().nullable(),
  direccion: z.string().nullable(),
});

export const previewAnswer = z.object({
  ok: z.literal(true),
  preview: z.object({
    nuevos: z.array(previsto),
    actualizados: z.array(previsto.extend({ nombre_actual: z.string() })),
    sin_cambios: z.array(previsto),
    errores: z.array(z.string()),
  }),
  /** `vista_previa` binds an import to this file and this catalogue. */
  importacion: z.object({ vista_previa: z.string(), filas: z.array(fila) }),
});

export const importacionesAnswer = z.object({
  ok: z.literal(true),
  importaciones: z.array(apartmentImport),
  siguiente: z.string().nullable(),
});

export const importacionParams = z.object({ id: z.string().max(60) });

export const reversionAnswer = z.object({
  ok: z.literal(true),
  /** `conservados` names what changed while it was being undone and was left as it is. */
  reversion: z.object({ eliminados: count, restaurados: count, conservados: z.array(z.string()) }),
});
