import {
  type ImportColumns,
  importColumns,
  missingHeaders,
} from '../../../shared/domain/booking-import/import-columns.ts';
import type { Row } from '../../../shared/platform/spreadsheet/cell.ts';
import { readCsv } from '../../../shared/platform/spreadsheet/csv-rows.ts';
import type { DateSystem } from '../../../shared/platform/spreadsheet/serial-date.ts';
import { SpreadsheetError } from '../../../shared/platform/spreadsheet/spreadsheet-error.ts';
import { DEFAULT_SPREADSHEET_LIMITS } from '../../../shared/platform/spreadsheet/spreadsheet-limits.ts';
import { openWorkbook, type Workbook } from '../../../shared/platform/spreadsheet/workbook.ts';
import type { UploadedFile } from '../../../shared/platform/upload/upload.ts';
import { invalidField } from './import-deps.ts';

const DEFAULT_SHEET = 'Cleaning schedule';
/** What one file may cost (`aristay.md` §6.1). */
const LIMITS = { ...DEFAULT_SPREADSHEET_LIMITS, inflatedBytes: 100 * 1024 * 1024, cells: 200_000 };

/** The rows of a file with what its columns mean. */
export interface ImportSheet {
  readonly columns: ImportColumns;
  /** Under the header. */
  readonly body: readonly Row[];
  readonly dateSystem: DateSystem;
}

/**
 * Finds the sheet and its columns (`aristay.md` §6.3): the sheet of that name, else the only one, else the first one
 * whose header has what an import needs.
 * @param byLabel whether rows name their property
 * @throws AppError `invalid` at `file` for a file that cannot be read or has no such sheet
 */
export async function readSheet(
  file: UploadedFile,
  { sheetName, byLabel }: { readonly sheetName: string | undefined; readonly byLabel: boolean },
): Promise<ImportSheet> {
  try {
    return await sheetOf(file, sheetName || DEFAULT_SHEET, byLabel);
  } catch (thrown) {
    if (thrown instanceof SpreadsheetError) throw invalidField('file', thrown.messageIn('en'));
    throw thrown;
  }
}

async function sheetOf(file: UploadedFile, wanted: string, byLabel: boolean): Promise<ImportSheet> {
  if (file.name.toLowerCase().endsWith('.csv')) {
    return usable({ rows: readCsv(file.bytes, LIMITS), dateSystem: 1900 }, byLabel);
  }
  const workbook = await openWorkbook(file.bytes, { limits: LIMITS });
  const visible = workbook.sheets.filter((sheet) => sheet.visible).map(({ name }) => name);
  const named = visible.find((name) => name.trim().toLowerCase() === wanted.trim().toLowerCase());
  const [only, ...others] = visible;
  const chosen = named ?? (others.length === 0 ? only : undefined);
  if (chosen !== undefined) return usable(await rowsOf(workbook, chosen), byLabel);
  for (const name of visible) {
    const read = await headerOf(workbook, name);
    if (missingHeaders(read, byLabel).length === 0) return usable(await rowsOf(workbook, name), byLabel);
  }
  throw invalidField('file', `No sheet of the workbook is called “${wanted}”, and none has the columns of bookings.`);
}

async function rowsOf(workbook: Workbook, name: string) {
  const rows: Row[] = [];
  for await (const row of workbook.readRows({ name })) rows.push(row);
  return { rows, dateSystem: workbook.dateSystem };
}

/** The header alone: what lies under it is not read. */
async function headerOf(workbook: Workbook, name: string): Promise<ImportColumns> {
  try {
    for await (const row of workbook.readRows({ name })) return importColumns(row);
  } catch (thrown) {
    // A chart sheet, or one that nobody needs.
    if (!(thrown instanceof SpreadsheetError)) throw thrown;
  }
  return importColumns({ number: 1, cells: [] });
}

function usable(
  { rows, dateSystem }: { readonly rows: readonly Row[]; readonly dateSystem: DateSystem },
  byLabel: boolean,
): ImportSheet {
  const [header, ...body] = rows;
  const columns = importColumns(header?.number === 1 ? header : { number: 1, cells: [] });
  const missing = missingHeaders(columns, byLabel);
  if (missing.length > 0) {
    const listed = missing.map((name) => `“${name}”`).join(', ');
    throw invalidField('file', `The first row has no header ${listed}. Add it and upload the file again.`);
  }
  return { columns, body, dateSystem };
}
