/** A cell's value, by what the sheet stores and its number format. Text is as stored, neither trimmed nor empty. */
export type Cell =
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly value: string }
  | NumberCell
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** A calendar day without time zone: `YYYY-MM-DD`. */
  | { readonly kind: 'date'; readonly value: string }
  /** Wall-clock time of a day without time zone: `YYYY-MM-DDTHH:MM:SS`. */
  | { readonly kind: 'dateTime'; readonly value: string }
  /** Time of day: `HH:MM:SS`, 00:00:00 to 23:59:59. */
  | { readonly kind: 'time'; readonly value: string }
  /** Elapsed time (formats such as `[h]:mm`): whole seconds, may be negative or pass a day. */
  | { readonly kind: 'duration'; readonly seconds: number }
  /** An Excel error, e.g. `#N/A`. */
  | { readonly kind: 'error'; readonly value: string };

export interface NumberCell {
  readonly kind: 'number';
  readonly value: number;
  /** An integral value that the file spells as a float (`7.0`, `3.46E10`), as Java and Python exporters do. */
  readonly float?: true;
}

/** A row with at least one value. Rows come in ascending order; wholly blank ones do not come at all. */
export interface Row {
  /** Spreadsheet row number, from 1 (the header). */
  readonly number: number;
  /** By column index; ends with the last cell that has a value, so read beyond it is `undefined`. */
  readonly cells: readonly Cell[];
}

export const EMPTY_CELL: Cell = { kind: 'empty' };

/** The cell of a column, `EMPTY_CELL` beyond the end of the row. */
export function cellAt(row: Row, column: number): Cell {
  return row.cells[column] ?? EMPTY_CELL;
}

/**
 * Trimmed text of a cell (`stay-sidekick.md` §5.1): integers without decimals, floats with them (`9.5`, and `7.0`
 * where the file spells it so), `TRUE`/`FALSE`, dates and times in ISO form, durations as `H:MM:SS`. Empty and
 * error cells give the empty string.
 */
export function cellText(cell: Cell): string {
  return cell.kind === 'number' && cell.float ? `${decimal(cell.value)}.0` : compactText(cell);
}

/**
 * Like `cellText`, but an integral float loses its `.0`: phones (`stay-sidekick.md` §5.3, §6.4) and every field of
 * the bookings import (`aristay.md` §6.4). Never scientific notation for an integer.
 */
export function compactText(cell: Cell): string {
  switch (cell.kind) {
    case 'empty':
    case 'error':
      return '';
    case 'text':
      return cell.value.trim();
    case 'number':
      return decimal(cell.value);
    case 'boolean':
      return cell.value ? 'TRUE' : 'FALSE';
    case 'duration':
      return durationText(cell.seconds);
    default:
      return cell.value;
  }
}

/** The day of a date or date-and-time cell as `YYYY-MM-DD`; null for every other kind. */
export function cellDate(cell: Cell): string | null {
  return cell.kind === 'date' || cell.kind === 'dateTime' ? cell.value.slice(0, 10) : null;
}

/** `HH:MM` of a time, date-and-time or duration cell (`stay-sidekick.md` §5.3); null for every other kind and from 24 h on. */
export function cellTime(cell: Cell): string | null {
  if (cell.kind === 'time') return cell.value.slice(0, 5);
  if (cell.kind === 'dateTime') return cell.value.slice(11, 16);
  if (cell.kind !== 'duration' || cell.seconds < 0 || cell.seconds >= 86_400) return null;
  return durationText(cell.seconds).padStart(8, '0').slice(0, 5);
}

function decimal(value: number): string {
  return Number.isInteger(value) ? BigInt(value).toString() : String(value);
}

function durationText(seconds: number): string {
  const length = Math.abs(seconds);
  const pad = (part: number) => String(part).padStart(2, '0');
  const clock = `${Math.floor(length / 3600)}:${pad(Math.floor(length / 60) % 60)}:${pad(length % 60)}`;
  return seconds < 0 ? `-${clock}` : clock;
}
