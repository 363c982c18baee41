import { AuditRepository } from '../../shared/domain/audit/audit.repository.ts';
import { CompanyRepository } from '../../shared/domain/company/company.repository.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { readingDeps } from '../../shared/platform/http/reading-deps.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { auditEnvironment } from './env.ts';
import { actingCompany } from './operations/acting-company.ts';
import { readTrail } from './operations/read-trail.ts';
import { auditRoutes } from './routes.ts';

const http = readingDeps(readEnvironment(auditEnvironment));
const scopeOf = (empresaId: string) => new TenantScope(http.table, empresaId);
const companies = {
  exists: async (empresaId: string) => (await new CompanyRepository(scopeOf(empresaId)).find()) !== undefined,
};

export const handler = defineHttpFunction(
  auditRoutes,
  {
    auditoria: async ({ actor, query }) => {
      const empresaId = await actingCompany(companies, actor, query.empresa_id);
      return readTrail({ trail: new AuditRepository(scopeOf(empresaId)) }, query);
    },
  },
  http,
);
