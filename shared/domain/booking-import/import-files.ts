import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import { type DataKey, open, seal } from '../../platform/crypto/sealed.ts';
import { importRow } from './import-row.ts';

/** Below it lie the files of imports, by company; also in `TENANT_PREFIXES`. */
export const IMPORT_FILES_PREFIX = 'booking-imports/';

/** What rests of an import as an object: the file as it came, and its rows as they were read. */
export type ImportFileKind = 'file' | 'rows';

/** Where a file of an import lies: `booking-imports/<empresa_id>/<import_id>.<kind>`. */
export function importFileKey(empresaId: string, importId: string, kind: ImportFileKind): string {
  return `${IMPORT_FILES_PREFIX}${empresaId}/${importId}.${kind}`;
}

/** Rows that are to be written, each with the number that its booking gets. */
export const plannedRows = z.array(z.object({ id: z.int().positive(), position: z.int(), row: importRow }));
export type PlannedRows = z.infer<typeof plannedRows>;

/** Bytes as they rest. @param key the tenant's data key of purpose `guest-data` @param place `importFileKey` */
export function sealFile(key: DataKey, place: string, bytes: Uint8Array): string {
  return seal(key, place, gzipSync(bytes).toString('base64'));
}

/** @throws Error when the key or the place is another one */
export function openFile(key: DataKey, place: string, sealed: string): Uint8Array {
  return gunzipSync(Buffer.from(open(key, place, sealed), 'base64'));
}
