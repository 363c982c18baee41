import { CompanyRepository } from '../../shared/domain/company/company.repository.ts';
import { CompanyRegistry } from '../../shared/domain/company/company-registry.ts';
import { ErasureRepository } from '../../shared/domain/erasure/erasure.repository.ts';
import { boundGoogle } from '../../shared/domain/google/bound-google.ts';
import { googleGrants } from '../../shared/domain/google/google-grants.ts';
import { readEnvironment } from '../../shared/platform/config/environment.ts';
import { ok } from '../../shared/platform/http/answers.ts';
import { httpDeps } from '../../shared/platform/http/http-deps.ts';
import { defineHttpFunction } from '../../shared/platform/http/http-function.ts';
import { randomIds } from '../../shared/platform/ids/ids.ts';
import { workQueue } from '../../shared/platform/queue/work-queue.ts';
import { TenantScope } from '../../shared/platform/tenant/tenant-scope.ts';
import { companiesEnvironment } from './env.ts';
import { createCompany } from './operations/create-company.ts';
import { editCompany } from './operations/edit-company.ts';
import { eraseCompany } from './operations/erase-company.ts';
import { listCompanies } from './operations/list-companies.ts';
import { readCompany } from './operations/read-company.ts';
import { listErasures, readErasure } from './operations/read-erasure.ts';
import { companiesRoutes } from './routes.ts';

const env = readEnvironment(companiesEnvironment);
const http = httpDeps(env);
const grants = googleGrants(boundGoogle(env, { ...http, keys: http.tenantKeys }));
const deps = { ...http, queue: workQueue(env.WORK_QUEUE_URL), ids: randomIds, grants };
const receipts = { erasures: new ErasureRepository(http.table), secrets: http.secrets };
const scopeOf = (empresaId: string) => new TenantScope(http.table, empresaId);
const editing = (empresaId: string) => ({ ...deps, scope: scopeOf(empresaId) });

export const handler = defineHttpFunction(
  companiesRoutes,
  {
    listarEmpresas: ({ query }) => listCompanies({ registry: new CompanyRegistry(http.table) }, query),
    crearEmpresa: ({ actor, body, origin }) => createCompany(deps, actor, body, origin),
    editarEmpresa: async ({ actor, params, body, origin }) =>
      ok({ empresa: await editCompany(editing(params.id), actor, body, origin) }),
    borrarEmpresa: ({ actor, params }) => eraseCompany(deps, actor, params.id),
    listarBorrados: ({ query }) => listErasures(receipts, query),
    leerBorrado: ({ params }) => readErasure(receipts, params.id),
    leerEmpresa: ({ actor }) => readCompany({ companies: new CompanyRepository(scopeOf(actor.empresaId)) }),
    ajustarEmpresa: async ({ actor, body, origin }) =>
      ok({ empresa: await editCompany(editing(actor.empresaId), actor, body, origin) }),
  },
  http,
);
