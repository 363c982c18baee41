import ExcelJS from 'exceljs';

export type SheetValue = string | number | boolean | Date | null;

export interface SheetWorkbookOptions {
  readonly sheetName?: string;
  /** Number format by column letters, e.g. `{ C: 'dd/mm/yyyy', AV: 'hh:mm' }`; the header row keeps none. */
  readonly formats?: Readonly<Record<string, string>>;
}

/**
 * An `.xlsx` of one sheet, as a spreadsheet program saves it. The first row is the header; a `Date` is taken in UTC.
 *
 * @example await sheetWorkbook([['Nombre', 'Entrada'], ['Ana', new Date(Date.UTC(2026, 5, 3))]])
 */
export async function sheetWorkbook(
  rows: readonly (readonly SheetValue[])[],
  { sheetName = 'Hoja1', formats = {} }: SheetWorkbookOptions = {},
): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet(sheetName);
  for (const row of rows) sheet.addRow([...row]);
  for (const [column, format] of Object.entries(formats)) {
    for (let row = 2; row <= rows.length; row += 1) sheet.getCell(`${column}${row}`).numFmt = format;
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
