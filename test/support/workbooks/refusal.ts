import { SpreadsheetError } from '../../../shared/platform/spreadsheet/spreadsheet-error.ts';
import { readWorkbook } from '../../../shared/platform/spreadsheet/workbook.ts';

/** The refusal that reading ends in; anything else, success included, fails the test. */
export async function refusalOf(...input: Parameters<typeof readWorkbook>): Promise<SpreadsheetError> {
  try {
    await readWorkbook(...input);
  } catch (error) {
    if (error instanceof SpreadsheetError) return error;
    throw error;
  }
  throw new Error('The workbook was read.');
}
