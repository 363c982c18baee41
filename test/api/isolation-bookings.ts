import type { ApiClient } from '../support/api-client.ts';
import { staged } from '../support/staging.ts';
import type { TestCloud } from '../support/test-cloud.ts';

/** What is known of a company's imports of bookings. */
export interface ImportedBookings {
  readonly bookingImportIds: readonly string[];
  /** A file of bookings that was staged and not imported. */
  readonly bookingUploadId: string;
}

/** An import that meets a stay of 1 July 2026, makes another booking, and has a row that is wrong; and a staged file. */
export async function importedBookings(
  cloud: TestCloud,
  client: ApiClient,
  { propertyId, canary }: { readonly propertyId: number; readonly canary: string },
): Promise<ImportedBookings> {
  const rows = [`${canary},2026-07-01,2026-07-04`, `${canary} 2,2026-08-01,2026-08-04`, `${canary},,`];
  const bytes = new Uint8Array(Buffer.from(['Guest name,Start date,End date', ...rows].join('\n')));
  const file = { name: `${canary}.csv`, bytes };
  const fields = { property_id: String(propertyId) };
  const imported = await client.upload('/api/bookings/import/', file, { fields });
  await cloud.cloud.drain();
  const bookingUploadId = await staged(client, 'reservas', file.name, bytes);
  return { bookingImportIds: [String(imported.body.import_id)], bookingUploadId };
}
