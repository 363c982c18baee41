import { CompanyRepository } from '../../../shared/domain/company/company.repository.ts';
import { UserRepository } from '../../../shared/domain/identity/user.repository.ts';
import type { User } from '../../../shared/domain/identity/user.ts';
import type { UserEdit } from '../../../shared/domain/identity/user-edit.ts';
import type { Actor } from '../../../shared/platform/auth/actor.ts';
import { AppError } from '../../../shared/platform/errors/app-error.ts';
import type { EditBody } from '../schemas.ts';
import { type ActedBy, auditedEdit, type EditDeps } from './audited-edit.ts';
import { shownUser } from './shown-user.ts';

/** What a manager may set, and on members only (`aristay.md` C9). */
const MANAGERS_FIELDS = new Set(['is_active', 'task_group', 'can_view_team_tasks']);

function denied(): AppError {
  return new AppError('forbidden', 'Permission denied');
}

/** Superadmins are out of reach for all others (D-03), and all but members for managers. */
function refuseOutOfReach(actor: Actor, seen: User): void {
  if (seen.es_superadmin && !actor.esSuperadmin) throw denied();
  if (actor.role === 'manager' && seen.role !== 'member') throw denied();
}

/**
 * Changes a person of the company, once fields have been judged.
 * @throws AppError `not_found`; `forbidden` for whom or what the caller may not touch; `invalid` for the own role, the
 *   own account, or the last active admin
 */
export async function editUser(deps: EditDeps, by: ActedBy, number: number) {
  const [company, target] = await Promise.all([
    new CompanyRepository(deps.scope).find(),
    new UserRepository(deps.scope).findByNumber(number),
  ]);
  if (company === undefined || target === undefined) throw new AppError('not_found', 'Not found.');
  refuseOutOfReach(by.actor, target);
  return async ({ body }: { readonly body: EditBody }) => {
    const given = Object.entries(body).filter(([, value]) => value !== undefined);
    const beyond = given.some(([field]) => !MANAGERS_FIELDS.has(field));
    if (by.actor.role === 'manager' && beyond) throw denied();
    const edited = await auditedEdit(
      deps,
      by,
      (users) => users.find(target.id),
      (seen) => judged(by.actor, seen, body),
    );
    return shownUser(edited, company);
  };
}

function judged(actor: Actor, seen: User, { is_active: activo, ...others }: EditBody): UserEdit {
  refuseOutOfReach(actor, seen);
  const own = seen.id === actor.userId;
  if (own && others.role !== undefined && others.role !== seen.role) {
    throw fieldError('role', 'You cannot change your own role. Ask another admin.');
  }
  if (own && activo === false) {
    throw fieldError('is_active', 'You cannot deactivate your own account. Ask another admin.');
  }
  return { ...others, activo };
}

function fieldError(field: string, message: string): AppError {
  return new AppError('invalid', message, { issues: [{ field, message }] });
}
