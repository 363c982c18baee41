import type { Company } from '../../../shared/domain/company/company.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { ListQuery } from '../schemas.ts';

interface Deps {
  readonly registry: { list(): Promise<readonly Company[]> };
}

/** Active companies by name; all of them, each with its state, when inactive ones are asked for. */
export async function listCompanies({ registry }: Deps, { inactivas }: ListQuery) {
  const companies = await registry.list();
  const empresas =
    inactivas === '1'
      ? companies.map(({ id, nombre, email, activa }) => ({ id, nombre, email, activa }))
      : companies.filter(({ activa }) => activa).map(({ id, nombre, email }) => ({ id, nombre, email }));
  return ok({ empresas });
}
