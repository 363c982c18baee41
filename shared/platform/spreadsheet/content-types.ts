import { type PartSource, readPart } from './read-part.ts';
import { SpreadsheetError } from './spreadsheet-error.ts';

const CONTENT_TYPES = '[Content_Types].xml';
const MACRO_PROJECT = /(^|\/)vbaproject\.bin$/;

/**
 * Refuses workbooks that carry macros, by their content types and by the macro project itself, and the binary
 * format `.xlsb`, whose content type speaks of macros too.
 *
 * @throws SpreadsheetError `macro_workbook` or `not_a_workbook`
 */
export async function checkContentTypes(source: PartSource): Promise<void> {
  const { parts, limits } = source;
  if (!parts.has(CONTENT_TYPES)) throw new SpreadsheetError('not_a_workbook');
  if (parts.partNames.some((name) => MACRO_PROJECT.test(name))) throw new SpreadsheetError('macro_workbook');
  const open = (_name: string, { ContentType = '' }: Readonly<Record<string, string | undefined>>) => {
    const type = ContentType.toLowerCase();
    if (type.includes('.sheet.binary.')) throw new SpreadsheetError('not_a_workbook');
    if (type.includes('macroenabled') || type.includes('vbaproject')) throw new SpreadsheetError('macro_workbook');
  };
  await readPart(source, CONTENT_TYPES, { open, close: () => {} }, limits.metadataBytes);
}
