import type { GuardedWrite } from '../../platform/dynamo/guarded-write.ts';
import { ABSENT, type Condition, PRESENT, type Write } from '../../platform/dynamo/table.ts';
import { companyKey } from '../company/company.keys.ts';
import { emailLockKey, headcountKey, userKey, usernameLockKey } from './user.keys.ts';
import type { User } from './user.ts';

/**
 * Why a write about a user was refused. `company_gone`: no such company; `limit`: it has as many users as it may;
 * `email_taken`, `username_taken`: by anybody on the platform; `changed`: not as it was read, or no more;
 * `last_admin`: nobody would be left to administer the company.
 */
export type UserRefusal = 'company_gone' | 'limit' | 'email_taken' | 'username_taken' | 'changed' | 'last_admin';

export type UserWrite = GuardedWrite<UserRefusal>;

/** What decides what a user may do. */
export type Rights = Pick<User, 'role' | 'activo'>;

function isActiveAdmin(rights: Rights | undefined): boolean {
  return rights?.role === 'admin' && rights.activo;
}

/**
 * Keeps a company's count of users and of active admins in step with one change of one user, and refuses the change
 * that would break a rule: both rules then hold however many changes come at once (D-45).
 * @param most users that the company may have, looked at when one is added
 */
export function headcountWrites(
  empresaId: string,
  change: { readonly before?: Rights; readonly after?: Rights; readonly most?: number | undefined },
): readonly UserWrite[] {
  const people = Number(change.after !== undefined) - Number(change.before !== undefined);
  const admins = Number(isActiveAdmin(change.after)) - Number(isActiveAdmin(change.before));
  if (people === 0 && admins === 0) return [];
  const key = headcountKey(empresaId);
  const values = { ':people': people, ':admins': admins };
  const update = { expression: 'ADD people :people, active_admins :admins', values };
  if (admins < 0) {
    const condition = { expression: 'active_admins > :one', values: { ':one': 1 } };
    return [{ write: { kind: 'update', key, update, condition }, refusal: 'last_admin' }];
  }
  if (people > 0 && change.most !== undefined) {
    const expression = 'attribute_not_exists(people) OR people < :most';
    const condition = { expression, values: { ':most': change.most } };
    return [{ write: { kind: 'update', key, update, condition }, refusal: 'limit' }];
  }
  return [{ write: { kind: 'update', key, update }, refusal: 'changed' }];
}

/** Who may be added: as many as the company may have, and by invite only while the company is switched on. */
export interface CreationLimits {
  readonly most?: number | undefined;
  readonly activeOnly?: boolean | undefined;
}

const ACTIVE: Condition = { expression: 'activa = :yes', values: { ':yes': true } };

/** Adds a person with the platform-wide locks on address and user name. */
export function creationWrites(person: User, { most, activeOnly }: CreationLimits): readonly UserWrite[] {
  const holder = { empresa_id: person.empresa_id, user_id: person.id };
  const lock = (key: ReturnType<typeof emailLockKey>): Write => ({
    kind: 'put',
    item: { ...key, ...holder },
    condition: ABSENT,
  });
  const row = { ...userKey(person.empresa_id, person.id), ...person };
  const company = activeOnly === true ? ACTIVE : PRESENT;
  return [
    { write: { kind: 'check', key: companyKey(person.empresa_id), condition: company }, refusal: 'company_gone' },
    ...headcountWrites(person.empresa_id, { after: person, most }),
    { write: lock(emailLockKey(person.email)), refusal: 'email_taken' },
    { write: lock(usernameLockKey(person.username)), refusal: 'username_taken' },
    { write: { kind: 'put', item: row, condition: ABSENT }, refusal: 'changed' },
  ];
}

/** The user still has the rights that it had when it was read. */
function sameRights(seen: Rights) {
  return {
    expression: '#role = :seen_role AND activo = :seen_activo',
    names: { '#role': 'role' },
    values: { ':seen_role': seen.role, ':seen_activo': seen.activo },
  };
}

/** Removes a person and frees address and user name. */
export function removalWrites(seen: User): readonly UserWrite[] {
  const ownLock = { expression: 'attribute_not_exists(pk) OR user_id = :id', values: { ':id': seen.id } };
  const free = (key: ReturnType<typeof emailLockKey>): Write => ({ kind: 'delete', key, condition: ownLock });
  const row: Write = { kind: 'delete', key: userKey(seen.empresa_id, seen.id), condition: sameRights(seen) };
  return [
    { write: row, refusal: 'changed' },
    { write: free(emailLockKey(seen.email)), refusal: 'changed' },
    { write: free(usernameLockKey(seen.username)), refusal: 'changed' },
    ...headcountWrites(seen.empresa_id, { before: seen }),
  ];
}

/** Gives a person other rights and ends the sessions made with the old ones (ruling 3). */
export function rightsWrites(seen: User, wanted: Rights, now: string): readonly UserWrite[] {
  const { expression, names, values } = sameRights(seen);
  const write: Write = {
    kind: 'update',
    key: userKey(seen.empresa_id, seen.id),
    update: {
      expression: 'SET #role = :role, activo = :activo, updated_at = :now ADD session_version :one',
      names,
      values: { ':role': wanted.role, ':activo': wanted.activo, ':now': now, ':one': 1 },
    },
    condition: { expression, values },
  };
  return [{ write, refusal: 'changed' }, ...headcountWrites(seen.empresa_id, { before: seen, after: wanted })];
}

/** Sets a temporary password, which opens nothing but its own change, and ends every session (ruling 3). */
export function temporaryPasswordWrites(seen: User, passwordHash: string, now: string): readonly UserWrite[] {
  const write: Write = {
    kind: 'update',
    key: userKey(seen.empresa_id, seen.id),
    update: {
      expression:
        'SET password_hash = :hash, password_changed_at = :never, debe_cambiar_password = :yes, updated_at = :now ADD session_version :one',
      values: { ':hash': passwordHash, ':never': null, ':yes': true, ':now': now, ':one': 1 },
    },
    condition: { expression: 'session_version = :seen', values: { ':seen': seen.session_version } },
  };
  return [{ write, refusal: 'changed' }];
}

/** Sets a password of the person's own choice and ends every session (ruling 3). */
export function ownPasswordWrites(seen: User, passwordHash: string, now: string): readonly UserWrite[] {
  const write: Write = {
    kind: 'update',
    key: userKey(seen.empresa_id, seen.id),
    update: {
      expression:
        'SET password_hash = :hash, password_changed_at = :now, updated_at = :now, debe_cambiar_password = :no ADD session_version :one',
      values: { ':hash': passwordHash, ':now': now, ':no': false, ':one': 1 },
    },
    condition: { expression: 'session_version = :seen', values: { ':seen': seen.session_version } },
  };
  return [{ write, refusal: 'changed' }];
}
