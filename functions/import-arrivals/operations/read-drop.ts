import { parseArrivalsSheet } from '../../../shared/domain/arrival/arrivals-sheet.ts';
import type { SkippedRow } from '../../../shared/domain/arrival-import/arrival-import.ts';
import type { Drop } from '../../../shared/domain/arrival-import/drop.ts';
import type { DatedReservation } from '../../../shared/domain/arrival-import/stored-arrival.repository.ts';
import type { NotificacionesTardias } from '../../../shared/domain/company/settings.ts';
import type { Reservation } from '../../../shared/domain/reservation/reservation.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { readWorkbook } from '../../../shared/platform/spreadsheet/workbook.ts';
import type { StoredObject } from '../../../shared/platform/storage/object-store.ts';

/** What a dropped workbook says. */
export interface ReadDrop {
  readonly rows: number;
  readonly arrivals: readonly DatedReservation[];
  readonly skipped: readonly SkippedRow[];
  readonly warnings: readonly string[];
}

export interface ReadContext {
  readonly drop: Drop;
  readonly columns: NotificacionesTardias;
  /** True for a check-in date whose arrivals would expire at once. */
  readonly isPast: (checkIn: string) => boolean;
}

/**
 * Reads the workbook of a drop.
 * @throws AppError with a sentence for the tenant when the file gives nothing
 */
export async function readDrop(object: StoredObject, { drop, columns, isPast }: ReadContext): Promise<ReadDrop> {
  if (object.bytes === undefined) {
    throw new AppError('too_large', 'El fichero supera los 10 MB. Divide el libro en varios y vuelve a subirlos.');
  }
  const { rows, dateSystem } = await readWorkbook(object.bytes, { fileName: drop.fileName });
  const sheet = parseArrivalsSheet(rows, columns, { dateSystem, observedAt: drop.receivedAt });
  if (sheet.failure !== null) throw new AppError('invalid', sheet.failure);
  const skipped: SkippedRow[] = sheet.skipped.map(({ row, reason }) => ({ fila: row, motivo: reason }));
  const arrivals: DatedReservation[] = [];
  for (const { row, reservation } of sheet.reservations) {
    if (!isDated(reservation)) skipped.push({ fila: row, motivo: 'falta la fecha de entrada' });
    else if (isPast(reservation.check_in)) skipped.push({ fila: row, motivo: 'la fecha de entrada ya ha pasado' });
    else arrivals.push(reservation);
  }
  skipped.sort((a, b) => a.fila - b.fila);
  return { rows: sheet.rowsRead, arrivals, skipped, warnings: sheet.warnings };
}

function isDated(reservation: Reservation): reservation is DatedReservation {
  return reservation.check_in !== null;
}
