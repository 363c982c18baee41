import { resultKeyOf } from '../../../shared/domain/arrival-import/drop.ts';
import { CompanyRepository } from '../../../shared/domain/company/company.repository.ts';
import { listTenants } from '../../../shared/domain/company/tenant-directory.ts';
import { documentClient } from '../../../shared/platform/dynamo/document-client.ts';
import { Table } from '../../../shared/platform/dynamo/table.ts';
import { objectStore } from '../../../shared/platform/storage/object-store.ts';
import { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import type { ControlledCloud } from './controlled-cloud.ts';

const MAX_RESULT_BYTES = 16 * 1024 * 1024;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Dropping files for a company and reading what became of them, through the services that the functions use. */
export function arrivalsDesk(
  tableName: string,
  bucketName: string,
): Pick<ControlledCloud, 'tenants' | 'dropArrivals' | 'arrivalsResult'> {
  const table = new Table(documentClient(), tableName);
  const bucket = objectStore(bucketName);
  return {
    async tenants() {
      const ids: string[] = [];
      for await (const id of listTenants(table)) ids.push(id);
      const companies = await Promise.all(ids.map((id) => new CompanyRepository(new TenantScope(table, id)).find()));
      return companies.flatMap((company) => (company === undefined ? [] : [{ id: company.id, name: company.nombre }]));
    },
    async dropArrivals(empresaId, fileName, content) {
      const key = `arrivals/${empresaId}/${fileName}`;
      await bucket.write(key, content, XLSX);
      return key;
    },
    async arrivalsResult(empresaId, fileName) {
      const result = await bucket.read(resultKeyOf({ empresaId, fileName }), MAX_RESULT_BYTES);
      return result?.bytes && JSON.parse(Buffer.from(result.bytes).toString('utf8'));
    },
  };
}
