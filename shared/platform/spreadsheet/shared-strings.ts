import { type Cell, EMPTY_CELL } from './cell.ts';
import { type PartSource, readPart } from './read-part.ts';
import { SpreadsheetError } from './spreadsheet-error.ts';
import { CellText, StringItem } from './string-item.ts';
import type { XmlAttributes } from './xml-parser.ts';

const ITEM_DEPTH = 2;

/**
 * The strings that cells refer to by index, as the cells themselves: every use of a string is the same object.
 *
 * @throws SpreadsheetError `too_complex` or `cell_too_long`
 */
export async function readSharedStrings(source: PartSource, partName: string): Promise<readonly Cell[]> {
  const { limits } = source;
  const strings: Cell[] = [];
  const item = new StringItem(ITEM_DEPTH);
  const text = new CellText(limits.cellCharacters);
  let characters = 0;

  await readPart(source, partName, {
    open(name: string, _attributes: XmlAttributes, depth: number) {
      if (depth > ITEM_DEPTH) item.open(name, depth);
    },
    close(name: string, depth: number) {
      item.close();
      if (depth !== ITEM_DEPTH || name !== 'si') return;
      const value = text.take();
      characters += value.length;
      strings.push(value === '' ? EMPTY_CELL : { kind: 'text', value });
      if (strings.length > limits.sharedStrings) throw new SpreadsheetError('too_complex');
      if (characters > limits.sharedStringCharacters) throw new SpreadsheetError('too_complex');
    },
    get inText() {
      return item.inText;
    },
    text(piece: string) {
      if (item.inText) text.append(piece);
    },
  });
  return strings;
}
