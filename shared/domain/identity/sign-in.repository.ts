import * as z from 'zod';
import type { Table } from '../../platform/dynamo/table.ts';
import { companyKey } from '../company/company.keys.ts';
import { type Company, company } from '../company/company.ts';
import { emailLockKey, userKey } from './user.keys.ts';
import { type User, user } from './user.ts';

const lock = z.object({ empresa_id: z.uuid(), user_id: z.uuid() });

/** Ids that nobody has: what the rows of an unknown address are looked for under. */
const NOBODY = { empresa_id: '00000000-0000-4000-8000-000000000000', user_id: '00000000-0000-4000-8000-000000000000' };

/** A person with the company that the person works for. */
export interface Membership {
  readonly user: User;
  readonly company: Company;
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

  /** User and company in one round trip. */
  async find(empresaId: string, userId: string): Promise<Membership | undefined> {
    const rows = await this.#table.getMany([userKey(empresaId, userId), companyKey(empresaId)], { consistent: true });
    const person = rows.find((row) => row.sk !== companyKey(empresaId).sk);
    const employer = rows.find((row) => row.sk === companyKey(empresaId).sk);
    if (person === undefined || employer === undefined) return undefined;
    return { user: user.parse(person), company: company.parse(employer) };
  }
}

/** Both are switched on: an inactive company opens nothing (ruling 1). */
export function mayEnter({ user: person, company: employer }: Membership): boolean {
  return person.activo && employer.activa;
}
