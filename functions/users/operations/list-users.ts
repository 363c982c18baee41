import { UserRepository } from '../../../shared/domain/identity/user.repository.ts';
import { ok } from '../../../shared/platform/http/answers.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import { shownUser } from '../schemas.ts';
import { targetCompany } from './target-company.ts';

/** @throws AppError `not_found` when there is no such company */
export async function listUsers(scope: TenantScope) {
  const [company, users] = await Promise.all([targetCompany(scope), new UserRepository(scope).list()]);
  return ok({ usuarios: users.map(shownUser), max_usuarios: company.max_usuarios });
}
