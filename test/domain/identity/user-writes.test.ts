import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NEW_PROFILE } from '../../../shared/domain/identity/profile.ts';
import type { User } from '../../../shared/domain/identity/user.ts';
import {
  creationWrites,
  removalWrites,
  rightsWrites,
  type UserWrite,
} from '../../../shared/domain/identity/user-writes.ts';
import { ROLES } from '../../../shared/platform/auth/actor.ts';

const empresa_id = '3fa85f64-5717-4562-b3fc-2c963f66afa6';
const stamp = '2026-05-01T10:00:00+00:00';

function person(rights: Partial<User>): User {
  return {
    id: '9f0d8f3e-8a53-4a3e-9a7c-0f4b7d6f1c11',
    empresa_id,
    number: 1,
    email: 'ana@example.com',
    username: 'Ana',
    password_hash: '',
    role: 'admin',
    es_superadmin: false,
    activo: true,
    debe_cambiar_password: false,
    password_changed_at: null,
    session_version: 0,
    family_version: 0,
    ...NEW_PROFILE,
    created_at: stamp,
    updated_at: stamp,
    ...rights,
  };
}

interface Counted {
  readonly people: number;
  readonly admins: number;
  readonly condition: string | undefined;
}

function countedBy(writes: readonly UserWrite[]): Counted {
  const [write, ...others] = writes
    .map(({ write }) => write)
    .filter((each) => 'key' in each && each.key.sk === 'HEADCOUNT');
  expect(others).toEqual([]);
  if (write?.kind !== 'update') return { people: 0, admins: 0, condition: undefined };
  const values = write.update.values ?? {};
  return {
    people: Number(values[':people']),
    admins: Number(values[':admins']),
    condition: write.condition?.expression,
  };
}

const rights = fc.record({ role: fc.constantFrom(...ROLES), activo: fc.boolean() });
const isAdmin = ({ role, activo }: Pick<User, 'role' | 'activo'>) => Number(role === 'admin' && activo);

describe('the headcount', () => {
  it('goes along with every change of a user, whatever the roles', () => {
    fc.assert(
      fc.property(rights, rights, (before, after) => {
        const seen = person(before);
        const changes = [
          creationWrites(seen, {}),
          rightsWrites(seen, after, stamp),
          removalWrites({ ...seen, ...after }),
        ];
        const total = (of: (counted: Counted) => number) =>
          changes.map((writes) => of(countedBy(writes))).reduce((a, b) => a + b);
        expect([total(({ people }) => people), total(({ admins }) => admins)]).toEqual([0, 0]);
        expect(countedBy(changes[0] ?? [])).toMatchObject({ people: 1, admins: isAdmin(before) });
      }),
    );
  });

  it('is guarded whenever an active admin goes, and only then', () => {
    fc.assert(
      fc.property(rights, rights, (before, after) => {
        const guard = (writes: readonly UserWrite[]) => countedBy(writes).condition;
        const goes = isAdmin(before) > isAdmin(after);
        expect(guard(rightsWrites(person(before), after, stamp))).toBe(goes ? 'active_admins > :one' : undefined);
        expect(guard(removalWrites(person(before)))).toBe(isAdmin(before) ? 'active_admins > :one' : undefined);
      }),
    );
  });

  it('keeps the limit when one is given', () => {
    expect(countedBy(creationWrites(person({}), { most: 4 })).condition).toContain('people < :most');
    expect(countedBy(creationWrites(person({}), {})).condition).toBeUndefined();
  });
});

describe('refusals', () => {
  it('of a creation are told in the order: company, limit, address, name', () => {
    const order = creationWrites(person({}), { most: 4 }).map(({ refusal }) => refusal);
    expect(order).toEqual(['company_gone', 'limit', 'email_taken', 'username_taken', 'changed']);
  });
});
