import { CompanyRepository } from '../../../shared/domain/company/company.repository.ts';
import type { Company } from '../../../shared/domain/company/company.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import type { Table } from '../../../shared/platform/dynamo/table.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { isEmpresaId, TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import type { CompanyQuery } from '../schemas.ts';

function unknownCompany(): AppError {
  return new AppError('not_found', 'No existe esa empresa. Revisa empresa_id.');
}

/**
 * The company that a call is about: the caller's own, or the one that a superadmin names (`stay-sidekick.md` §2.11).
 * @throws AppError `not_found` for a malformed id
 */
export function targetScope(table: Table, actor: Actor, { empresa_id }: CompanyQuery): TenantScope {
  if (!actor.esSuperadmin || !empresa_id) return new TenantScope(table, actor.empresaId);
  if (!isEmpresaId(empresa_id)) throw unknownCompany();
  return new TenantScope(table, empresa_id);
}

/** @throws AppError `not_found` when there is no such company */
export async function targetCompany(scope: TenantScope): Promise<Company> {
  const company = await new CompanyRepository(scope).find();
  if (company === undefined) throw unknownCompany();
  return company;
}
