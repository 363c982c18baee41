import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';

/** Digits of a number in a sort key, so that keys sort as the numbers do. */
const DIGITS = 12;

function sortable(number: number): string {
  return String(number).padStart(DIGITS, '0');
}

/** The imports of a company's bookings: `T#<empresa_id>#BOOKING_IMPORT`. */
export function bookingImportPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'BOOKING_IMPORT');
}

/** One import: `T#<empresa_id>#BOOKING_IMPORT` / `IMPORT#<number of import_id, 12 digits>`. */
export function bookingImportKey(empresaId: string, importId: string): Key {
  const number = importId.replace(/^imp_/, '').padStart(DIGITS, '0');
  return { pk: bookingImportPartition(empresaId), sk: `IMPORT#${number}` };
}

/** What a page of an import holds: rows that met bookings, or what was said of rows. */
export type ImportPageKind = 'CONFLICTS' | 'ERRORS' | 'WARNINGS';

/** What imports have to tell: `T#<empresa_id>#BOOKING_IMPORT_PAGE`. */
export function importPagePartition(empresaId: string): string {
  return tenantPartition(empresaId, 'BOOKING_IMPORT_PAGE');
}

/** Begin of the pages of one kind of an import. */
export function importPagePrefix(importId: string, kind: ImportPageKind): string {
  return `${importId}#${kind}#`;
}

/** A page, sealed: `T#<empresa_id>#BOOKING_IMPORT_PAGE` / `<import_id>#<kind>#<first index, 12 digits>`. */
export function importPageKey(empresaId: string, importId: string, kind: ImportPageKind, first: number): Key {
  return { pk: importPagePartition(empresaId), sk: `${importPagePrefix(importId, kind)}${sortable(first)}` };
}

/** What imports have written: `T#<empresa_id>#BOOKING_IMPORT_CHANGE`. */
export function importChangePartition(empresaId: string): string {
  return tenantPartition(empresaId, 'BOOKING_IMPORT_CHANGE');
}

/** What one transaction wrote, sealed: `T#<empresa_id>#BOOKING_IMPORT_CHANGE` / `<import_id>#<number, 12 digits>`. */
export function importChangeKey(empresaId: string, importId: string, number: number): Key {
  return { pk: importChangePartition(empresaId), sk: `${importId}#${sortable(number)}` };
}
