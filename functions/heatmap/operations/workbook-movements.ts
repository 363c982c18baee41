import { columnWarning, type DateColumn, readDateColumn } from '../../../shared/domain/heatmap/date-column.ts';
import type { Movements } from '../../../shared/domain/heatmap/heatmap-days.ts';
import type { HeatmapColumns } from '../../../shared/domain/heatmap/heatmap-settings.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { columnIndex } from '../../../shared/platform/spreadsheet/column.ts';
import { SpreadsheetError } from '../../../shared/platform/spreadsheet/spreadsheet-error.ts';
import { openWorkbook } from '../../../shared/platform/spreadsheet/workbook.ts';
import type { UploadedFile } from '../../../shared/platform/upload/upload.ts';

const NO_DATES: DateColumn = { rowsRead: 0, counts: new Map(), discarded: 0, ambiguous: [], doubtful: [] };

/** The two files, the second of which may be missing. */
export interface Workbooks {
  readonly checkins: UploadedFile;
  readonly checkouts: UploadedFile | undefined;
}

/**
 * Counts the dates of the files (`stay-sidekick.md` §5.5), one after the other so that one workbook at a time lies open.
 * @throws AppError `invalid` for a column that is not configured or no column, a workbook that cannot be read or has
 * less than two rows
 */
export async function workbookMovements(
  { checkins, checkouts }: Workbooks,
  columns: HeatmapColumns | undefined,
): Promise<{ readonly movements: Movements; readonly warnings: readonly string[] }> {
  const arrivals = columnOf('entradas', columns?.col_fecha_checkin ?? null);
  const departures = checkouts && columnOf('salidas', columns?.col_fecha_checkout ?? null);
  const arriving = await datesIn(checkins, arrivals, 'entradas');
  const departing =
    checkouts === undefined || departures === undefined ? NO_DATES : await datesIn(checkouts, departures, 'salidas');
  return {
    movements: { checkins: arriving.counts, checkouts: departing.counts },
    warnings: [columnWarning('entradas', arriving), columnWarning('salidas', departing)].filter(
      (warning) => warning !== undefined,
    ),
  };
}

function columnOf(file: string, letters: string | null): number {
  if (letters === null) {
    throw new AppError('invalid', `Falta configurar la columna de la fecha de ${file}. Indícala en la configuración.`);
  }
  const column = columnIndex(letters);
  if (column !== undefined) return column;
  throw new AppError(
    'invalid',
    `La columna «${letters}» de ${file} no existe en Excel. Corrígela en la configuración.`,
  );
}

async function datesIn({ bytes }: UploadedFile, column: number, file: string): Promise<DateColumn> {
  const dates = await readDates(bytes, column).catch((thrown: unknown) => {
    if (!(thrown instanceof SpreadsheetError)) throw thrown;
    throw new AppError(thrown.code, `Fichero de ${file}: ${thrown.message}`, { cause: thrown });
  });
  if (dates.rowsRead > 0) return dates;
  throw new AppError(
    'invalid',
    `El fichero de ${file} debe tener una cabecera en la fila 1 y al menos una fila de datos.`,
  );
}

async function readDates(bytes: Uint8Array, column: number): Promise<DateColumn> {
  const workbook = await openWorkbook(bytes);
  return readDateColumn(workbook.readRows(), column, workbook.dateSystem);
}
