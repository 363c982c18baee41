import { parse } from 'csv-parse/sync';
import { type Cell, EMPTY_CELL, type Row } from './cell.ts';
import { SpreadsheetError } from './spreadsheet-error.ts';
import { DEFAULT_SPREADSHEET_LIMITS, type SpreadsheetLimits } from './spreadsheet-limits.ts';

/** Signs that separate cells; the first one wins where a header has as many of each. */
const DELIMITERS = [',', ';', '\t'] as const;
/** No text has these: a workbook, a picture or a damaged file was renamed. */
const BINARY = /[^\P{Cc}\t\r\n]/u;

/**
 * The rows of a CSV file (RFC 4180 quoting): UTF-8 with or without byte order mark, else Windows-1252; the delimiter is
 * the one that the header line has most of (`aristay.md` §6.1). Every cell is a text. Blank lines keep their numbers
 * and do not come.
 *
 * @throws SpreadsheetError
 */
export function readCsv(bytes: Uint8Array, limits: SpreadsheetLimits = DEFAULT_SPREADSHEET_LIMITS): readonly Row[] {
  if (bytes.length === 0) throw new SpreadsheetError('empty_file');
  if (bytes.length > limits.fileBytes) throw new SpreadsheetError('too_large', { limit: limits.fileBytes });
  const text = textOf(bytes);
  if (BINARY.test(text)) throw new SpreadsheetError('not_csv');
  const records = recordsOf(text, limits);
  let cells = 0;
  return records.flatMap((record, at) => {
    const row = { number: at + 1, cells: cellsOf(record) };
    cells += row.cells.length;
    if (cells > limits.cells) throw new SpreadsheetError('too_many_cells', { limit: limits.cells });
    if (row.cells.length > limits.columns) throw new SpreadsheetError('too_many_columns', { limit: limits.columns });
    if (row.cells.some((cell) => cell.kind === 'text' && cell.value.length > limits.cellCharacters)) {
      throw new SpreadsheetError('cell_too_long', { limit: limits.cellCharacters });
    }
    return row.cells.length === 0 ? [] : [row];
  });
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function recordsOf(text: string, limits: SpreadsheetLimits): readonly string[][] {
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: limits.cellCharacters * 4,
      // One more than is taken, so that a file with too many is refused as such and not read to its end.
      to: limits.rows + 1,
    });
  } catch (cause) {
    throw new SpreadsheetError('not_csv', { cause });
  }
}

/** Quoted header cells may hold any of the signs. */
function delimiterOf(text: string): string {
  const [header = ''] = text.replace(/"[^"]*"/g, '').split(/\r?\n|\r/, 1);
  const count = (sign: string) => header.split(sign).length;
  return DELIMITERS.reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

/** Up to the last cell that has a text. */
function cellsOf(record: readonly string[]): readonly Cell[] {
  const last = record.findLastIndex((text) => text.trim() !== '');
  return record.slice(0, last + 1).map((value) => (value === '' ? EMPTY_CELL : { kind: 'text', value }));
}
