import * as z from 'zod';

/** A row of the workbook that gave no arrival, and why; `fila` is its number in the spreadsheet. */
export const skippedRow = z.object({ fila: z.int(), motivo: z.string() });
export type SkippedRow = z.infer<typeof skippedRow>;

/** What became of one dropped workbook (ruling 12); also the result file that is written beside it. */
export const arrivalImport = z.object({
  id: z.string(),
  fichero: z.string(),
  recibido: z.string(),
  estado: z.enum(['procesado', 'rechazado']),
  filas: z.int().nonnegative(),
  aceptadas: z.int().nonnegative(),
  omitidas: z.int().nonnegative(),
  advertencias: z.array(z.string()),
  error: z.string().nullable(),
});
export type ArrivalImport = z.infer<typeof arrivalImport>;

/** The result file: the import with every skipped row. */
export interface ArrivalImportResult extends ArrivalImport {
  readonly filas_omitidas: readonly SkippedRow[];
}
