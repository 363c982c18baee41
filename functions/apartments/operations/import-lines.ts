import type { ApartmentsSheet } from '../../../shared/domain/apartment/apartments-sheet.ts';
import type { Outcome } from '../../../shared/domain/apartment/catalogue-plan.ts';
import type { ImportCounts } from '../../../shared/domain/apartment-import/apartment-import.ts';
import type { Fila } from '../schemas.ts';

/** What became of each row, by its number in the sheet. @param outcomes of the accepted rows, in their order */
export function linesOf(sheet: ApartmentsSheet, outcomes: readonly Outcome[]): Fila[] {
  const accepted = sheet.apartments.map(
    ({ fila }, at): Fila => ({ fila, resultado: outcomes[at] ?? 'sin_cambios', motivo: null }),
  );
  const skipped = sheet.skipped.map(({ fila, motivo }): Fila => ({ fila, resultado: 'omitido', motivo }));
  return [...accepted, ...skipped].sort((a, b) => a.fila - b.fila);
}

export function countsOf(lines: readonly Fila[]): ImportCounts {
  const that = (wanted: Fila['resultado']) => lines.filter(({ resultado }) => resultado === wanted).length;
  return {
    filas: lines.length,
    nuevos: that('nuevo'),
    actualizados: that('actualizado'),
    sin_cambios: that('sin_cambios'),
    omitidas: that('omitido'),
  };
}
