import { MAX_COLUMNS } from './column.ts';

export const MAX_ROWS = 1_048_576;

const CHAR_A = 65;
const CHAR_Z = 90;
const CHAR_0 = 48;
const CHAR_9 = 57;

/** Reads row numbers and cell references; reused for every cell, since a sheet has hundreds of thousands. */
export class CellReference {
  /** Zero-based. */
  column = 0;
  /** From 1. */
  row = 0;

  /** @returns whether `text` is a reference such as `AV12`, within A1:XFD1048576 */
  parse(text: string): boolean {
    let index = 0;
    let column = 0;
    for (; index < text.length && index < 4; index += 1) {
      const code = text.charCodeAt(index);
      if (code < CHAR_A || code > CHAR_Z) break;
      column = column * 26 + code - CHAR_A + 1;
    }
    this.column = column - 1;
    this.row = parseRowNumber(text, index);
    return column > 0 && column <= MAX_COLUMNS && this.row > 0;
  }
}

/** The row number that `text` spells from `start` to its end, or 0 where it spells none from 1 to 1,048,576. */
export function parseRowNumber(text: string, start = 0): number {
  let row = 0;
  for (let index = start; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < CHAR_0 || code > CHAR_9 || row > MAX_ROWS) return 0;
    row = row * 10 + code - CHAR_0;
  }
  return row <= MAX_ROWS ? row : 0;
}
