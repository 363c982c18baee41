import type { Actor } from '../../../shared/platform/auth/actor.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import { isEmpresaId } from '../../../shared/platform/tenant/tenant-scope.ts';

/**
 * The company that a call is about: the caller's own, or the one that a superadmin names. From anybody else the name
 * is ignored, and an empty one stands for the own company (`stay-sidekick.md` §2.11).
 * @throws AppError `not_found` for what is no company id, or for one of nobody (S-24)
 */
export async function actingCompany(
  { exists }: { exists(empresaId: string): Promise<boolean> },
  actor: Actor,
  named: string | undefined,
): Promise<string> {
  if (!actor.esSuperadmin || named === undefined || named === '' || named === actor.empresaId) return actor.empresaId;
  if (isEmpresaId(named) && (await exists(named))) return named;
  throw new AppError('not_found', 'No existe esa empresa.');
}
