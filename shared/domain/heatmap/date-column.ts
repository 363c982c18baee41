import { cellAt, type Row } from '../../platform/spreadsheet/cell.ts';
import type { DateSystem } from '../../platform/spreadsheet/serial-date.ts';
import { readDateCell } from './date-cell.ts';
import type { DayCounts } from './heatmap-days.ts';

/** What one column of dates says. */
export interface DateColumn {
  /** Rows below the header that hold anything. */
  readonly rowsRead: number;
  readonly counts: DayCounts;
  /** Rows without a date that can be read, ambiguous ones included. */
  readonly discarded: number;
  /** Row numbers of dates that can be read in two ways and are therefore not counted. */
  readonly ambiguous: readonly number[];
  /**
   * Row numbers of dates that were read with the day first in a column where others can only have the month first;
   * empty in every other column.
   */
  readonly doubtful: readonly number[];
}

const HEADER_ROW = 1;
/** Row numbers that a warning names. */
const MOST_NAMED = 20;

/** Counts the days of a column; row 1 is the header, whatever it says. */
export async function readDateColumn(
  rows: AsyncIterable<Row>,
  column: number,
  dateSystem: DateSystem,
): Promise<DateColumn> {
  const counts = new Map<string, number>();
  const ambiguous: number[] = [];
  const doubtful: number[] = [];
  let monthFirst = false;
  let rowsRead = 0;
  let discarded = 0;
  for await (const row of rows) {
    if (row.number === HEADER_ROW) continue;
    rowsRead += 1;
    const reading = readDateCell(cellAt(row, column), dateSystem);
    if (reading.kind === 'date') {
      counts.set(reading.date, (counts.get(reading.date) ?? 0) + 1);
      monthFirst ||= reading.order === 'month-first';
      if (reading.order === 'doubtful') doubtful.push(row.number);
    } else {
      discarded += 1;
      if (reading.kind === 'ambiguous') ambiguous.push(row.number);
    }
  }
  return { rowsRead, counts, discarded, ambiguous, doubtful: monthFirst ? doubtful : [] };
}

/**
 * The one warning about a file (`stay-sidekick.md` §5.5), undefined where there is nothing to say.
 * @param file as people call it, e.g. `entradas`
 */
export function columnWarning(
  file: string,
  { discarded, ambiguous, doubtful }: Pick<DateColumn, 'discarded' | 'ambiguous' | 'doubtful'>,
): string | undefined {
  const sentences = [
    ...(discarded > 0
      ? [`${count(discarded, 'fila descartada', 'filas descartadas')} por no tener una fecha legible`]
      : []),
    ...(ambiguous.length > 0
      ? [`de ellas, ${rowsNamed(ambiguous)} con una fecha que se puede leer de dos maneras: escríbela como AAAA-MM-DD`]
      : []),
    ...(doubtful.length > 0
      ? [`${rowsNamed(doubtful)} leídas con el día delante, aunque otras filas llevan el mes delante: compruébalas`]
      : []),
  ];
  return sentences.length === 0 ? undefined : `Fichero de ${file}: ${sentences.join('; ')}.`;
}

function count(many: number, one: string, several: string): string {
  return many === 1 ? `1 ${one}` : `${many} ${several}`;
}

function rowsNamed(rows: readonly number[]): string {
  const named = rows.slice(0, MOST_NAMED).join(', ');
  const others = rows.length > MOST_NAMED ? ` y ${rows.length - MOST_NAMED} más` : '';
  return `${rows.length === 1 ? 'fila' : 'filas'} ${named}${others}`;
}
