import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';

/** Arrivals from drops, by check-in day: `T#<empresa_id>#ARRIVAL`. */
export function storedArrivalPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'ARRIVAL');
}

/** All arrivals of one check-in day: prefix `<YYYY-MM-DD>#`. */
export function storedArrivalDay(checkIn: string): string {
  return `${checkIn}#`;
}

/** One arrival: `T#<empresa_id>#ARRIVAL` / `<YYYY-MM-DD>#<fingerprint of the source's id>`. */
export function storedArrivalKey(empresaId: string, checkIn: string, fingerprint: string): Key {
  return { pk: storedArrivalPartition(empresaId), sk: `${storedArrivalDay(checkIn)}${fingerprint}` };
}

/** What was last read from one object: `T#<empresa_id>#ARRIVAL_SOURCE` / `SOURCE#<hash of the object key>`. */
export function arrivalSourceKey(empresaId: string, source: string): Key {
  return { pk: tenantPartition(empresaId, 'ARRIVAL_SOURCE'), sk: `SOURCE#${source}` };
}

/** The imports of a company: `T#<empresa_id>#ARRIVAL_IMPORT`. */
export function arrivalImportPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'ARRIVAL_IMPORT');
}

/** One import: `T#<empresa_id>#ARRIVAL_IMPORT` / `<version of the drop>#<import id>`; a version begins with its instant. */
export function arrivalImportKey(empresaId: string, version: string, id: string): Key {
  return { pk: arrivalImportPartition(empresaId), sk: `${version}#${id}` };
}

/** Files by the instant at which they expire: `T#<empresa_id>#ARRIVAL_EXPIRY`. */
export function arrivalExpiryPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'ARRIVAL_EXPIRY');
}

/** One file's expiry: `T#<empresa_id>#ARRIVAL_EXPIRY` / `<instant>#<import id>`. */
export function arrivalExpiryKey(empresaId: string, instant: string, importId: string): Key {
  return { pk: arrivalExpiryPartition(empresaId), sk: `${instant}#${importId}` };
}
