import { createHash } from 'node:crypto';
import type { Apartment } from '../../../shared/domain/apartment/apartment.ts';
import { type ApartmentsSheet, parseApartmentsSheet } from '../../../shared/domain/apartment/apartments-sheet.ts';
import type { ApartmentColumns } from '../../../shared/domain/apartment/apartments-sheet-columns.ts';
import { SpreadsheetError } from '../../../shared/platform/spreadsheet/spreadsheet-error.ts';
import { readWorkbook } from '../../../shared/platform/spreadsheet/workbook.ts';
import type { UploadedFile } from '../../../shared/platform/upload/upload.ts';

/** More than any catalogue has, few enough to be planned and answered in one call (`stay-sidekick.md` §2.16). */
const MOST_ROWS = 20_000;

export interface ReadApartments {
  readonly sheet: ApartmentsSheet;
  /** Names the bytes and the columns by which they were read. */
  readonly huella: string;
}

/** Reads a workbook of apartments; one that cannot be opened is a sheet that says why and holds nothing. */
export async function readApartments(
  { name, bytes }: UploadedFile,
  columns: ApartmentColumns | undefined,
): Promise<ReadApartments> {
  const huella = digest(bytes, JSON.stringify(columns ?? null));
  try {
    const { rows } = await readWorkbook(bytes, { fileName: name, limits: { rows: MOST_ROWS } });
    return { sheet: parseApartmentsSheet(rows, columns), huella };
  } catch (thrown) {
    if (!(thrown instanceof SpreadsheetError) || thrown.code !== 'invalid') throw thrown;
    return { sheet: { apartments: [], skipped: [], failures: [thrown.message] }, huella };
  }
}

/** Names a file together with the catalogue that it was compared with. */
export function previewOf(huella: string, catalogue: readonly Apartment[]): string {
  const rows = catalogue.map(({ id, revision }) => `${id} ${revision}`).sort();
  return `${huella}.${digest(rows.join('\n'))}`;
}

function digest(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 32);
}
