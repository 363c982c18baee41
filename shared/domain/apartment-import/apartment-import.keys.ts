import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';

/** The imports of a company's catalogue: `T#<empresa_id>#APARTMENT_IMPORT`. */
export function apartmentImportPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'APARTMENT_IMPORT');
}

/** One import: `T#<empresa_id>#APARTMENT_IMPORT` / `IMPORT#<import_id>`; an id begins with its time. */
export function apartmentImportKey(empresaId: string, id: string): Key {
  return { pk: apartmentImportPartition(empresaId), sk: `IMPORT#${id}` };
}

/** The last import of one file: `T#<empresa_id>#APARTMENT_IMPORT_FILE` / `FILE#<fingerprint>`. */
export function importedFileKey(empresaId: string, fingerprint: string): Key {
  return { pk: tenantPartition(empresaId, 'APARTMENT_IMPORT_FILE'), sk: `FILE#${fingerprint}` };
}

/** What imports have written: `T#<empresa_id>#APARTMENT_IMPORT_CHANGE`. */
export function writtenPortionPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'APARTMENT_IMPORT_CHANGE');
}

/** What one transaction has written: `T#<empresa_id>#APARTMENT_IMPORT_CHANGE` / `<import_id>#<first apartment id>`. */
export function writtenPortionKey(empresaId: string, importId: string, first: string): Key {
  return { pk: writtenPortionPartition(empresaId), sk: `${importId}#${first}` };
}
