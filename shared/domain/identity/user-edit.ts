import { ABSENT, type Condition, type Write } from '../../platform/dynamo/table.ts';
import type { Profile } from './profile.ts';
import { emailLockKey, userKey } from './user.keys.ts';
import type { User } from './user.ts';
import { headcountWrites, type UserWrite } from './user-writes.ts';

/** What may be edited about a person; an absent field stays. */
export type UserEdit = { readonly [F in keyof Profile | 'email' | 'role' | 'activo']?: User[F] | undefined };

/** The fields of an edit that differ from what is there. */
export function changesOf(seen: User, wanted: UserEdit): UserEdit {
  const differs = ([field, value]: [string, unknown]) =>
    value !== undefined && JSON.stringify(value) !== JSON.stringify(seen[field as keyof UserEdit]);
  return Object.fromEntries(Object.entries(wanted).filter(differs));
}

/**
 * Edits a person by one write, whatever the fields: another role or another state ends the sessions (ruling 3), another
 * address moves the lock.
 * @param changes what differs from `seen`, at least one field
 * @param now ISO 8601 with offset
 */
export function editWrites(seen: User, changes: UserEdit, now: string): readonly UserWrite[] {
  const rights = { role: changes.role ?? seen.role, activo: changes.activo ?? seen.activo };
  const endsSessions = changes.role !== undefined || changes.activo !== undefined;
  const fields = Object.entries({ ...changes, updated_at: now });
  const placed = fields.map(([field], at) => `#${field} = :v${at}`).join(', ');
  const update: Condition = {
    expression: `SET ${placed}${endsSessions ? ' ADD session_version :one' : ''}`,
    names: Object.fromEntries(fields.map(([field]) => [`#${field}`, field])),
    values: {
      ...Object.fromEntries(fields.map(([, value], at) => [`:v${at}`, value])),
      ...(endsSessions && { ':one': 1 }),
    },
  };
  const condition: Condition = {
    expression: '#role = :seen_role AND #activo = :seen_activo AND #email = :seen_email',
    names: { '#role': 'role', '#activo': 'activo', '#email': 'email' },
    values: { ':seen_role': seen.role, ':seen_activo': seen.activo, ':seen_email': seen.email },
  };
  const key = userKey(seen.empresa_id, seen.id);
  return [
    { write: { kind: 'update', key, update, condition }, refusal: 'changed' },
    ...(changes.email === undefined ? [] : movedEmail(seen, changes.email)),
    ...headcountWrites(seen.empresa_id, { before: seen, after: rights }),
  ];
}

function movedEmail(seen: User, email: string): readonly UserWrite[] {
  const holder = { empresa_id: seen.empresa_id, user_id: seen.id };
  const taking: Write = { kind: 'put', item: { ...emailLockKey(email), ...holder }, condition: ABSENT };
  const own = { expression: 'attribute_not_exists(pk) OR user_id = :id', values: { ':id': seen.id } };
  const freeing: Write = { kind: 'delete', key: emailLockKey(seen.email), condition: own };
  return [
    { write: taking, refusal: 'email_taken' },
    { write: freeing, refusal: 'changed' },
  ];
}
