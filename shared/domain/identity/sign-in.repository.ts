import * as z from 'zod';
import type { Key, Table } from '../../platform/dynamo/table.ts';
import { companyKey } from '../company/company.keys.ts';
import { type Company, company } from '../company/company.ts';
import { normalizeEmail } from './email.ts';
import { familyKey } from './token-family.keys.ts';
import { type TokenFamily, tokenFamily } from './token-family.ts';
import { emailLockKey, userKey, usernameLockKey } from './user.keys.ts';
import { type User, user } from './user.ts';

const lock = z.object({ empresa_id: z.uuid(), user_id: z.uuid() });

/** Ids that nobody has: what the rows of an unknown address are looked for under. */
const NOBODY = { empresa_id: '00000000-0000-4000-8000-000000000000', user_id: '00000000-0000-4000-8000-000000000000' };

/** A person with the company that the person works for. */
export interface Membership {
  readonly user: User;
  readonly company: Company;
  /** The refresh family that was asked for, if there is one. */
  readonly family?: TokenFamily;
}

/**
 * Who somebody is, before a tenant is known: sign-in and the authorizer alone read across tenants, by address or by
 * the ids of a verified token.
 */
export class SignInRepository {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /**
   * Two round trips: the address leads to the tenant, and only then are the rows' keys known. An unknown address
   * makes the same two, so that the time of the answer does not tell which addresses are known (D-06).
   */
  async findByEmail(email: string): Promise<Membership | undefined> {
    const row = await this.#table.get(emailLockKey(email), { consistent: true });
    const { empresa_id, user_id } = row === undefined ? NOBODY : lock.parse(row);
    return this.find(empresa_id, user_id);
  }

  /**
   * Whoever has this user name or e-mail address, by two round trips as {@link findByEmail}. Where a name is one
   * person's user name and another's address, it is the address.
   */
  async findByName(name: string): Promise<Membership | undefined> {
    // A name that is no address costs the same two reads.
    const keys = [emailLockKey(normalizeEmail(name) ?? name), usernameLockKey(name)];
    const rows = await Promise.all(keys.map((key) => this.#table.get(key, { consistent: true })));
    const row = rows.find((each) => each !== undefined);
    const { empresa_id, user_id } = row === undefined ? NOBODY : lock.parse(row);
    return this.find(empresa_id, user_id);
  }

  /** User and company, and the refresh family that is asked for, in one round trip. */
  async find(empresaId: string, userId: string, family?: string): Promise<Membership | undefined> {
    const keys = { user: userKey(empresaId, userId), company: companyKey(empresaId) };
    const wanted = family === undefined ? undefined : familyKey(empresaId, userId, family);
    const rows = await this.#table.ofTenant(empresaId).getMany([keys.user, keys.company, ...(wanted ? [wanted] : [])], {
      consistent: true,
    });
    const at = (key: Key) => rows.find((row) => row.pk === key.pk && row.sk === key.sk);
    const [person, employer] = [at(keys.user), at(keys.company)];
    if (person === undefined || employer === undefined) return undefined;
    const found = wanted && at(wanted);
    return {
      user: user.parse(person),
      company: company.parse(employer),
      ...(found && { family: tokenFamily.parse(found) }),
    };
  }
}

/** Whether anybody on the platform has the names that somebody wants. The transaction that takes them asks again. */
export async function namesTaken(table: Table, wanted: { readonly username: string; readonly email: string }) {
  const keys = [usernameLockKey(wanted.username), emailLockKey(wanted.email)];
  const [username, email] = await Promise.all(keys.map((key) => table.get(key, { consistent: true })));
  return { username: username !== undefined, email: email !== undefined };
}

/** Both are switched on: an inactive company opens nothing (ruling 1). */
export function mayEnter({ user: person, company: employer }: Membership): boolean {
  return person.activo && employer.activa;
}
