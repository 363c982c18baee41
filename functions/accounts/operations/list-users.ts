import { CompanyRepository } from '../../../shared/domain/company/company.repository.ts';
import { UserRepository } from '../../../shared/domain/identity/user.repository.ts';
import type { User } from '../../../shared/domain/identity/user.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { orderRows, pageOf } from '../../../shared/platform/http/numbered-list.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import type { UsersQuery } from '../schemas.ts';
import { shownUser } from './shown-user.ts';

/** People of the company: it has at most a thousand, so that one query brings them all. */
export async function listUsers(scope: TenantScope, query: UsersQuery) {
  const [people, company] = await Promise.all([new UserRepository(scope).list(), new CompanyRepository(scope).find()]);
  if (company === undefined) throw new AppError('unauthenticated', 'Token is invalid or expired');
  const rows = people.filter((person) => isWanted(person, query)).map((person) => shownUser(person, company));
  return pageOf(
    orderRows(rows, query.ordering, (row, key) => row[key]),
    query,
  );
}

function isWanted({ username, email, role, activo }: User, query: UsersQuery): boolean {
  const search = query.search?.toLowerCase();
  const found = search === undefined || [username, email].some((text) => text.toLowerCase().includes(search));
  const sameRole = query.role === undefined || query.role === role;
  return found && sameRole && (query.is_active === undefined || query.is_active === activo);
}
