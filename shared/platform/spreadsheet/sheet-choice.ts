import { SpreadsheetError } from './spreadsheet-error.ts';
import type { SheetEntry, WorkbookPart } from './workbook-part.ts';

/**
 * Which sheet to read: `active` is the tab that was selected when the file was saved, or the first visible sheet
 * where that tab is hidden (`stay-sidekick.md` §5.1, §5.5); a name is compared trimmed and without case
 * (`aristay.md` §6.3).
 */
export type SheetSelector = 'active' | 'first-visible' | { readonly name: string };

/** @throws SpreadsheetError `no_visible_sheet` or `sheet_not_found`; hidden sheets are never chosen */
export function chooseSheet(
  { sheets, activeTab }: Pick<WorkbookPart, 'sheets' | 'activeTab'>,
  selector: SheetSelector,
): SheetEntry {
  const readable = sheets.filter((sheet) => sheet.visible && sheet.worksheet);
  const [first] = readable;
  if (first === undefined) throw new SpreadsheetError('no_visible_sheet');
  if (selector === 'first-visible') return first;
  if (selector === 'active') {
    const active = sheets[activeTab];
    return active !== undefined && readable.includes(active) ? active : first;
  }
  const wanted = selector.name.trim().toLowerCase();
  const named = readable.find((sheet) => sheet.name.trim().toLowerCase() === wanted);
  if (named === undefined) throw new SpreadsheetError('sheet_not_found');
  return named;
}
