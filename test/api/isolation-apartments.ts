import { sheetWorkbook } from '../../infra/local/demo/sheet-workbook.ts';
import { ApartmentRepository } from '../../shared/domain/apartment/apartment.repository.ts';
import type { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import type { ApiClient } from '../support/api-client.ts';
import { staged } from '../support/staging.ts';

/** What the victim has of apartments. */
export interface ImportedApartments {
  /** Those made by hand, too. */
  readonly apartmentIds: readonly string[];
  readonly apartmentImportIds: readonly string[];
  /** A workbook of apartments that it has staged. */
  readonly uploadId: string;
}

/** Two imports, so that there is a cursor, and a workbook that waits for a third. */
export async function importedApartments(
  scope: TenantScope,
  client: ApiClient,
  canary: string,
): Promise<ImportedApartments> {
  const workbook = (code: string) =>
    sheetWorkbook([
      ['id', 'nombre'],
      [`${canary}-${code}`, `Piso ${canary} ${code}`],
    ]);
  const apartmentImportIds: string[] = [];
  for (const code of ['1', '2']) {
    const file = { name: `${canary}.xlsx`, bytes: await workbook(code) };
    const { body } = await client.upload('/api/apartamentos/importacion', file);
    apartmentImportIds.push((body.importacion as { id: string }).id);
  }
  const apartmentIds = (await new ApartmentRepository(scope).list()).map(({ id }) => id);
  const bytes = new Uint8Array(await workbook('3'));
  const uploadId = await staged(client, 'apartamentos', `${canary}.xlsx`, bytes);
  return { apartmentIds, apartmentImportIds, uploadId };
}
