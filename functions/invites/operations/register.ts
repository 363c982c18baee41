import { AuditTrail } from '../../../shared/domain/audit/audit-trail.ts';
import type { Company } from '../../../shared/domain/company/company.ts';
import { weaknessOf } from '../../../shared/domain/identity/password-rules.ts';
import { NEW_PROFILE } from '../../../shared/domain/identity/profile.ts';
import { namesTaken } from '../../../shared/domain/identity/sign-in.repository.ts';
import { UserRefused, UserRepository } from '../../../shared/domain/identity/user.repository.ts';
import type { User } from '../../../shared/domain/identity/user.ts';
import type { UserRefusal } from '../../../shared/domain/identity/user-writes.ts';
import { WEAKNESS_SENTENCES } from '../../../shared/domain/identity/weakness-sentences.ts';
import { InviteRepository } from '../../../shared/domain/invite/invite.repository.ts';
import { type Invite, isUsable } from '../../../shared/domain/invite/invite.ts';
import { hashPassword } from '../../../shared/platform/auth/password-hash.ts';
import { type Clock, toOffsetIso, toUtcIso } from '../../../shared/platform/clock/clock.ts';
import { nextNumbers } from '../../../shared/platform/dynamo/counter.ts';
import { TransactionRefused } from '../../../shared/platform/dynamo/storage-errors.ts';
import type { Table } from '../../../shared/platform/dynamo/table.ts';
import { AppError, type Issue } from '../../../shared/platform/errors/app-error.ts';
import type { Ids } from '../../../shared/platform/ids/ids.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import type { RegisterBody } from '../schemas.ts';
import { openInvite, UNUSABLE } from './validate-invite.ts';

interface Deps {
  readonly table: Table;
  readonly clock: Clock;
  readonly ids: Ids;
}

interface Opened {
  readonly scope: TenantScope;
  readonly found: Invite;
  readonly company: Company;
}

const USERNAME_TAKEN: Issue = { field: 'username', message: 'A user with that username already exists.' };
const EMAIL_TAKEN: Issue = { field: 'email', message: 'A user with that email already exists.' };
const BAD_INVITE: Issue = { field: 'invite_code', message: UNUSABLE };
const COMPANY_FULL: Issue = { field: 'invite_code', message: 'This company has all the users that it may have.' };

function invalid(...issues: readonly Issue[]): AppError {
  return new AppError('invalid', 'Validation failed', { issues });
}

/**
 * Joins a company by invite: user, name locks, headcount, use of the invite and audit entry in one transaction, so that
 * of any number of registrations at once no more succeed than the invite has uses.
 * @throws AppError `invalid` by field, the invite last (`aristay.md` S4)
 */
export async function register(deps: Deps, input: RegisterBody, address: string) {
  const [taken, opened] = await Promise.all([namesTaken(deps.table, input), openInvite(deps, input.invite_code)]);
  const issues = [
    ...(taken.username ? [USERNAME_TAKEN] : []),
    ...(taken.email ? [EMAIL_TAKEN] : []),
    ...weakness(input, opened?.company.nombre ?? ''),
  ];
  if (issues.length > 0) throw invalid(...issues);
  const now = deps.clock.now();
  if (opened === undefined || !opened.company.activa || !isUsable(opened.found, now)) throw invalid(BAD_INVITE);
  const person = await newUser(deps, input, opened, now);
  await join(opened, person, { now, address });
  return shown(person);
}

function weakness({ email, username, password }: RegisterBody, companyName: string): readonly Issue[] {
  const found = weaknessOf(password, { email, username, companyName, currentPassword: '' });
  return found === undefined ? [] : [{ field: 'password', message: WEAKNESS_SENTENCES[found] }];
}

async function newUser({ ids }: Deps, input: RegisterBody, { scope, found }: Opened, now: Date): Promise<User> {
  const { username, email, first_name, last_name } = input;
  const created_at = toOffsetIso(now);
  return {
    id: ids.uuid(),
    empresa_id: scope.empresaId,
    number: await nextNumbers(scope, 'user', 1),
    email,
    username,
    password_hash: await hashPassword(input.password),
    role: found.role,
    es_superadmin: false,
    activo: true,
    debe_cambiar_password: false,
    password_changed_at: created_at,
    session_version: 0,
    family_version: 0,
    ...NEW_PROFILE,
    first_name,
    last_name,
    task_group: found.task_group,
    created_at,
    updated_at: created_at,
  };
}

async function join({ scope, found, company }: Opened, person: User, by: { now: Date; address: string }) {
  const uses = new InviteRepository(scope).using(found, person.id, toUtcIso(by.now));
  const cambios = { rol: person.role, grupo: person.task_group, invitacion: found.id };
  const fact = { accion: 'usuario.registrar', entidad: 'usuario', entidad_id: person.id, cambios };
  try {
    await new UserRepository(scope).create(person, {
      most: company.max_usuarios,
      activeOnly: true,
      commit: (writes) => new AuditTrail(scope).commit({ actor: undefined, ...by }, fact, [...writes, ...uses]),
    });
  } catch (thrown) {
    if (thrown instanceof UserRefused) throw invalid(issueOf(thrown.refusal));
    // None of the user's own writes: the invite was used up, revoked or removed meanwhile.
    if (thrown instanceof TransactionRefused) throw invalid(BAD_INVITE);
    throw thrown;
  }
}

function issueOf(refusal: UserRefusal): Issue {
  switch (refusal) {
    case 'username_taken':
      return USERNAME_TAKEN;
    case 'email_taken':
      return EMAIL_TAKEN;
    case 'limit':
      return COMPANY_FULL;
    default:
      return BAD_INVITE;
  }
}

function shown({ number, username, email, first_name, last_name, task_group, role }: User) {
  return { id: number, username, email, first_name, last_name, profile: { task_group, role } };
}
