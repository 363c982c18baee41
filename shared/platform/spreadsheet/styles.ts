import { builtInFormatKind, type FormatKind, formatKind } from './number-format.ts';
import { type PartSource, readPart } from './read-part.ts';
import { SpreadsheetError } from './spreadsheet-error.ts';
import type { XmlAttributes } from './xml-parser.ts';

/** The kind of number format of every cell style, by the index that cells refer to. */
export async function readCellFormats(source: PartSource, partName: string): Promise<readonly FormatKind[]> {
  const { limits } = source;
  const custom = new Map<number, FormatKind>();
  const formatIds: number[] = [];
  let section = '';
  await readPart(source, partName, {
    open(name: string, attributes: XmlAttributes, depth: number) {
      if (depth === 2) section = name;
      if (depth !== 3) return;
      const id = Number(attributes.numFmtId ?? 0);
      if (section === 'numFmts' && name === 'numFmt') custom.set(id, formatKind(attributes.formatCode ?? ''));
      else if (section === 'cellXfs' && name === 'xf') formatIds.push(id);
      if (Math.max(formatIds.length, custom.size) > limits.cellFormats) throw new SpreadsheetError('too_complex');
    },
    close() {},
  });
  return formatIds.map((id) => custom.get(id) ?? builtInFormatKind(id));
}
