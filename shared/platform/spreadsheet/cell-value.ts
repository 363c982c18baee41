import { type Cell, EMPTY_CELL } from './cell.ts';
import { isoCell } from './iso-date.ts';
import type { FormatKind } from './number-format.ts';
import type { serialCells } from './serial-date.ts';
import { SpreadsheetError } from './spreadsheet-error.ts';
import type { CellText } from './string-item.ts';

/** What the cells of a workbook refer to. */
export interface CellContext {
  /** Cells of stored numbers that a calendar format shows. */
  readonly serialCell: ReturnType<typeof serialCells>;
  /** Shared strings, as cells. */
  readonly strings: readonly Cell[];
  /** Kind of number format by style index. */
  readonly formats: readonly FormatKind[];
}

const TRUE_CELL: Cell = { kind: 'boolean', value: true };
const FALSE_CELL: Cell = { kind: 'boolean', value: false };

/**
 * The cell of a stored value: the text of its `v` (or `is`) element, its type `t` and its style `s`
 * (ECMA-376 part 1, §18.3.1.4). A formula gives its cached value, `empty` without one.
 *
 * @throws SpreadsheetError `damaged` for a value that its type does not allow
 */
export function readCell(
  text: CellText,
  type: string | undefined,
  style: string | undefined,
  context: CellContext,
): Cell {
  switch (type) {
    case undefined:
    case 'n':
      return numberCell(text.takeRaw(), style, context);
    case 's':
      return sharedString(text.takeRaw(), context.strings);
    case 'str':
    case 'inlineStr':
      return textCell(text.take());
    case 'b':
      return booleanCell(text.takeRaw().trim());
    case 'd':
      return dateCell(text.take().trim(), style, context);
    case 'e':
      return errorCell(text.take().trim());
    default:
      throw new SpreadsheetError('damaged', { cause: new Error('unknown cell type') });
  }
}

function numberCell(stored: string, style: string | undefined, context: CellContext): Cell {
  if (stored === '') return EMPTY_CELL;
  const value = Number(stored);
  // Some exporters write NaN or INF, which no reader accepts as a number; it is no reason to refuse the file.
  if (!Number.isFinite(value)) return { kind: 'error', value: '#NUM!' };
  const kind = style === undefined ? 'number' : (context.formats[Number(style)] ?? 'number');
  if (kind !== 'number') return context.serialCell(value, kind);
  if (Number.isInteger(value) && /[.eE]/.test(stored)) return { kind: 'number', value, float: true };
  return { kind: 'number', value };
}

function sharedString(stored: string, strings: readonly Cell[]): Cell {
  if (stored === '') return EMPTY_CELL;
  const cell = strings[Number(stored)];
  if (cell === undefined) throw new SpreadsheetError('damaged', { cause: new Error('no such shared string') });
  return cell;
}

function textCell(value: string): Cell {
  return value === '' ? EMPTY_CELL : { kind: 'text', value };
}

function booleanCell(stored: string): Cell {
  if (stored === '') return EMPTY_CELL;
  if (stored === '1' || stored === 'true') return TRUE_CELL;
  if (stored === '0' || stored === 'false') return FALSE_CELL;
  throw new SpreadsheetError('damaged', { cause: new Error('not a boolean') });
}

function dateCell(stored: string, style: string | undefined, context: CellContext): Cell {
  return stored === '' ? EMPTY_CELL : isoCell(stored, context.formats[Number(style)] ?? 'number');
}

function errorCell(value: string): Cell {
  return value === '' ? EMPTY_CELL : { kind: 'error', value };
}
