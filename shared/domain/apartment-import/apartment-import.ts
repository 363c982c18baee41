import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type Apartment, apartment } from '../apartment/apartment.ts';

/** Rows of a workbook by what became of them. */
export const importCounts = z.object({
  filas: z.int().nonnegative(),
  nuevos: z.int().nonnegative(),
  actualizados: z.int().nonnegative(),
  sin_cambios: z.int().nonnegative(),
  omitidas: z.int().nonnegative(),
});
export type ImportCounts = z.infer<typeof importCounts>;

/**
 * One import of apartments that has written something. `en_curso`: begun, perhaps stopped; the same file goes on with
 * it. `revirtiendo`: being undone, perhaps stopped; the same call goes on with it.
 */
export const apartmentImport = z.object({
  id: z.string(),
  fichero: z.string(),
  estado: z.enum(['en_curso', 'terminada', 'revirtiendo', 'revertida']),
  usuario_id: z.string(),
  inicio: z.string(),
  fin: z.string().nullable(),
  /** Null until it has ended. */
  recuentos: importCounts.nullable(),
  /** What an undoing did: dwellings removed, put back as they were, and left alone because they had changed by then. */
  reversion: z.object({ eliminados: z.int(), restaurados: z.int(), conservados: z.array(z.string()) }).nullable(),
});
export type ApartmentImport = z.infer<typeof apartmentImport>;

/** An import as stored. */
export const storedImport = apartmentImport.extend({
  /** Of the file and of the columns by which it was read. */
  huella: z.string(),
  /** The preview that it was bound to; null when to none. */
  vista_previa: z.string().nullable(),
  /** Nobody works on it after this instant, whatever its state says. */
  ocupada_hasta: z.string(),
});
export type StoredImport = z.infer<typeof storedImport>;

/** One row of the catalogue as an import left it, and as it was. */
export const writtenChange = z.object({
  id: z.string(),
  /** Of the row as the import left it. */
  revision: z.int(),
  /** Names what the row said then; absent in traces from before it was kept. */
  contenido: z.string().optional(),
  antes: apartment.nullable(),
  /** Position in the file's accepted rows, and what became of it. */
  decisiones: z.array(z.tuple([z.int(), z.enum(['nuevo', 'actualizado', 'sin_cambios'])])),
});
export type WrittenChange = z.infer<typeof writtenChange>;

/** Names what a row says, whatever its revision. */
export function contentOf(row: Apartment): string {
  const { id_pms, id_externo, nombre, direccion, ciudad, numero_registro, pms_origen, activo } = row;
  const says = [id_pms, id_externo, nombre, direccion, ciudad, numero_registro, pms_origen, activo];
  return createHash('sha256').update(JSON.stringify(says)).digest('base64url').slice(0, 22);
}

/**
 * Whether a row is not as an import left it. One that was changed and put back is: a later import that was undone is
 * in nobody's way.
 */
export function isTouched({ revision, contenido }: WrittenChange, row: Apartment | undefined): boolean {
  if (row === undefined) return true;
  return row.revision !== revision && (contenido === undefined || contenido !== contentOf(row));
}

/** What one transaction of an import has written. */
export const writtenPortion = z.object({ sk: z.string(), cambios: z.array(writtenChange) });
export type WrittenPortion = z.infer<typeof writtenPortion>;
