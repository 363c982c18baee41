import { type Cell, EMPTY_CELL, type Row } from './cell.ts';
import { CellReference, MAX_ROWS, parseRowNumber } from './cell-reference.ts';
import { type CellContext, readCell } from './cell-value.ts';
import { columnLetters } from './column.ts';
import { SpreadsheetError, type SpreadsheetErrorReason } from './spreadsheet-error.ts';
import type { SpreadsheetLimits } from './spreadsheet-limits.ts';
import { CellText, StringItem } from './string-item.ts';
import type { XmlAttributes, XmlEvents } from './xml-parser.ts';

const ROW_DEPTH = 3;
const CELL_DEPTH = 4;
const VALUE_DEPTH = 5;

/**
 * Turns the events of a worksheet part into rows. Only `sheetData` is heard: merges, validations and conditional
 * formats cost nothing. Rows are gathered until taken.
 */
export class SheetReader implements XmlEvents {
  readonly #context: CellContext;
  readonly #limits: SpreadsheetLimits;
  readonly #text: CellText;
  readonly #item = new StringItem(VALUE_DEPTH);
  readonly #reference = new CellReference();

  #rows: Row[] = [];
  #rowCount = 0;
  #cellCount = 0;

  #inData = false;
  #inRow = false;
  #inCell = false;
  #inValue = false;
  #inItem = false;

  #rowNumber = 0;
  #rowIsNumbered = false;
  #cells: Cell[] = [];
  #column = -1;
  #type: string | undefined;
  #style: string | undefined;

  constructor(context: CellContext, limits: SpreadsheetLimits) {
    this.#context = context;
    this.#limits = limits;
    this.#text = new CellText(limits.cellCharacters);
  }

  /** The rows completed since the last call. */
  takeRows(): Row[] {
    const rows = this.#rows;
    if (rows.length > 0) this.#rows = [];
    return rows;
  }

  open(name: string, attributes: XmlAttributes, depth: number): void {
    if (depth === VALUE_DEPTH) {
      if (this.#inCell) this.#openValue(name);
    } else if (depth === CELL_DEPTH) {
      if (this.#inRow && name === 'c') this.#openCell(attributes);
    } else if (depth === ROW_DEPTH) {
      if (this.#inData && name === 'row') this.#openRow(attributes);
    } else if (depth > VALUE_DEPTH) {
      if (this.#inItem) this.#item.open(name, depth);
    } else if (depth === 2) this.#inData = name === 'sheetData';
    else if (name !== 'worksheet') this.#refuse('damaged');
  }

  close(_name: string, depth: number): void {
    if (depth === VALUE_DEPTH) {
      this.#inValue = false;
      this.#inItem = false;
    } else if (depth === CELL_DEPTH) {
      if (this.#inCell) this.#closeCell();
    } else if (depth === ROW_DEPTH) {
      if (this.#inRow) this.#closeRow();
    } else if (depth > VALUE_DEPTH) this.#item.close();
    else if (depth === 2) this.#inData = false;
  }

  get inText(): boolean {
    return this.#inValue || (this.#inItem && this.#item.inText);
  }

  text(piece: string): void {
    if (!this.inText) return;
    try {
      this.#text.append(piece);
    } catch (error) {
      throw this.#located(error);
    }
  }

  #openRow({ r }: XmlAttributes): void {
    const number = r === undefined ? this.#rowNumber + 1 : parseRowNumber(r);
    // Ascending order is what makes a row's place unambiguous; Excel calls anything else damaged as well.
    if (number <= this.#rowNumber || number > MAX_ROWS) this.#refuse('damaged');
    this.#rowNumber = number;
    this.#rowIsNumbered = r !== undefined;
    this.#inRow = true;
    this.#cells = [];
    this.#column = -1;
  }

  #openCell({ r, s, t }: XmlAttributes): void {
    if (r === undefined) this.#column += 1;
    else this.#moveTo(r);
    this.#type = t;
    this.#style = s;
    this.#inCell = true;
  }

  #moveTo(reference: string): void {
    if (!this.#reference.parse(reference)) this.#refuse('damaged');
    const { row, column } = this.#reference;
    if (row !== this.#rowNumber) {
      // A row that does not say its number has that of its first cell.
      if (this.#rowIsNumbered || this.#column !== -1 || row < this.#rowNumber) this.#refuse('damaged');
      this.#rowNumber = row;
    }
    this.#rowIsNumbered = true;
    this.#column = column;
  }

  #openValue(name: string): void {
    this.#inValue = name === 'v';
    this.#inItem = name === 'is';
  }

  #closeCell(): void {
    this.#inCell = false;
    const cell = this.#readCell();
    if (cell === EMPTY_CELL) return;
    const cells = this.#cells;
    const column = this.#column;
    if (column >= this.#limits.columns) this.#refuse('too_many_columns', this.#limits.columns);
    while (cells.length < column) cells.push(EMPTY_CELL);
    if (column < cells.length && cells[column] !== EMPTY_CELL) this.#refuse('damaged');
    cells[column] = cell;
    this.#cellCount += 1;
    if (this.#cellCount > this.#limits.cells) this.#refuse('too_many_cells', this.#limits.cells);
  }

  #readCell(): Cell {
    try {
      return readCell(this.#text, this.#type, this.#style, this.#context);
    } catch (error) {
      throw this.#located(error);
    }
  }

  #closeRow(): void {
    this.#inRow = false;
    if (this.#cells.length === 0) return;
    this.#rowCount += 1;
    if (this.#rowCount > this.#limits.rows) this.#refuse('too_many_rows', this.#limits.rows);
    this.#rows.push({ number: this.#rowNumber, cells: this.#cells });
  }

  #refuse(reason: SpreadsheetErrorReason, limit?: number): never {
    throw this.#located(new SpreadsheetError(reason, limit === undefined ? {} : { limit }));
  }

  /** The same refusal, saying at which cell. */
  #located(error: unknown): unknown {
    if (!(error instanceof SpreadsheetError)) return error;
    const cell = `${columnLetters(Math.max(this.#column, 0))}${this.#rowNumber}`;
    return new SpreadsheetError(error.reason, { ...error.context, cell });
  }
}
