import { SpreadsheetError } from './spreadsheet-error.ts';

/** `_xHHHH_` stands for a character that XML cannot hold (ECMA-376 part 1, §22.9.2.19), at most 7 for 1. */
const ESCAPE = /_x([0-9A-Fa-f]{4})_/g;
const ESCAPE_LENGTH = 7;

/**
 * From this length on V8 makes a slice a view of its parent, which would keep the whole 64 KB chunk alive for one
 * cell; a round trip through a buffer makes a copy. Shorter slices are copies already.
 */
const VIEW_LENGTH = 13;

/** Text of a cell gathered piece by piece, never longer than a cell may be. */
export class CellText {
  #text = '';
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  append(piece: string): void {
    this.#text = this.#text === '' ? piece : this.#text + piece;
    if (this.#text.length > this.#limit * ESCAPE_LENGTH) this.#refuse();
  }

  /** The text so far, unescaped, without half characters and free of the chunk it was cut from; begins anew. */
  take(): string {
    let text = this.#text;
    this.#text = '';
    if (text.includes('_x')) {
      text = text.replace(ESCAPE, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))).toWellFormed();
    }
    if (text.length > this.#limit) this.#refuse();
    return text.length < VIEW_LENGTH ? text.toWellFormed() : Buffer.from(text).toString();
  }

  /** The text so far as stored, for numbers and flags; begins anew. */
  takeRaw(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }

  #refuse(): never {
    throw new SpreadsheetError('cell_too_long', { limit: this.#limit });
  }
}

/**
 * Follows the inside of a string item (`si`, `is`): plain text or rich-text runs count, phonetic guides do not
 * (ECMA-376 part 1, §18.4.8).
 */
export class StringItem {
  readonly #depth: number;
  #phonetic = false;
  /** Whether the characters that come belong to the text. */
  inText = false;

  /** @param depth depth of the item's own element */
  constructor(depth: number) {
    this.#depth = depth;
  }

  open(name: string, depth: number): void {
    if (depth === this.#depth + 1) this.#phonetic = name === 'rPh';
    this.inText = name === 't' && !this.#phonetic && depth <= this.#depth + 2;
  }

  close(): void {
    this.inText = false;
  }
}
