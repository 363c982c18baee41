import type { Apartment } from '../../../shared/domain/apartment/apartment.ts';
import type { GuestStay } from '../../../shared/domain/contact/contact.ts';
import { readContactsSheet } from '../../../shared/domain/contact/contacts-sheet.ts';
import type { ContactPreferences } from '../../../shared/domain/contact/preferences.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { SpreadsheetError } from '../../../shared/platform/spreadsheet/spreadsheet-error.ts';
import { openWorkbook } from '../../../shared/platform/spreadsheet/workbook.ts';
import type { UploadedFile } from '../../../shared/platform/upload/upload.ts';

interface Deps {
  readonly apartments: { list(): Promise<readonly Apartment[]> };
}

/**
 * The guests of an uploaded workbook, while it is read. The catalogue is read for its names, active or not.
 * @throws AppError `bad_request` for a file that is no workbook or has no guests' column
 */
export async function* guestsOfSheet(
  { apartments }: Deps,
  file: UploadedFile,
  { xlsx_reservas: columns }: ContactPreferences,
): AsyncGenerator<GuestStay> {
  try {
    const workbook = await openWorkbook(file.bytes, { fileName: file.name });
    const catalogue = await apartments.list();
    const apartmentNames = new Map(catalogue.flatMap(({ id_pms, nombre }) => (id_pms ? [[id_pms, nombre]] : [])));
    const reading = { columns, dateSystem: workbook.dateSystem, apartmentNames };
    yield* readContactsSheet(workbook.readRows(), reading);
  } catch (thrown) {
    if (!(thrown instanceof SpreadsheetError)) throw thrown;
    throw new AppError(thrown.code === 'too_large' ? 'too_large' : 'bad_request', thrown.message, { cause: thrown });
  }
}
