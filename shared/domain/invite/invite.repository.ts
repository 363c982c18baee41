import * as z from 'zod';
import { TransactionRefused } from '../../platform/dynamo/storage-errors.ts';
import { ABSENT, type Condition, PRESENT, type Table, type Write } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { companyKey } from '../company/company.keys.ts';
import { inviteKey, inviteLockKey, invitePartition, inviteUseKey } from './invite.keys.ts';
import { type Invite, type InviteTerms, invite } from './invite.ts';

const lock = z.object({ empresa_id: z.uuid(), invite_id: z.int() });

/** Whose invite a code is: asked by people who are nobody's yet. */
export async function findInviteOwner(
  table: Table,
  code: string,
): Promise<{ readonly empresaId: string; readonly inviteId: number } | undefined> {
  const row = await table.get(inviteLockKey(code), { consistent: true });
  if (row === undefined) return undefined;
  const { empresa_id, invite_id } = lock.parse(row);
  return { empresaId: empresa_id, inviteId: invite_id };
}

/** Writes all of the writes or none; writes of its own go after the given ones. @throws TransactionRefused */
export type Commit = (writes: readonly Write[]) => Promise<unknown>;

/** The invites of one company. */
export class InviteRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  async find(id: number): Promise<Invite | undefined> {
    const row = await this.#scope.table.get(inviteKey(this.#scope.empresaId, id), { consistent: true });
    return row === undefined ? undefined : invite.parse(row);
  }

  /** All invites of the company, oldest first: a company has tens of them, seldom more than one page. */
  async list(): Promise<readonly Invite[]> {
    const query = { pk: invitePartition(this.#scope.empresaId), consistent: true };
    const invites: Invite[] = [];
    for await (const row of this.#scope.table.queryAll(query)) invites.push(invite.parse(row));
    return invites;
  }

  /** @returns false when somebody on the platform has the code, or the company is being erased */
  async create(made: Invite, commit: Commit): Promise<boolean> {
    const { empresaId } = this.#scope;
    const holder = { empresa_id: empresaId, invite_id: made.id };
    return this.#committed(commit, [
      { kind: 'check', key: companyKey(empresaId), condition: PRESENT },
      { kind: 'put', item: { ...inviteLockKey(made.code), ...holder }, condition: ABSENT },
      { kind: 'put', item: { ...inviteKey(empresaId, made.id), ...made }, condition: ABSENT },
    ]);
  }

  /** Revokes or reactivates. @returns false when the invite is no more */
  async setActive({ id }: Invite, is_active: boolean, commit: Commit): Promise<boolean> {
    const update = { expression: 'SET is_active = :active', values: { ':active': is_active } };
    return this.#committed(commit, [{ kind: 'update', key: this.#keyOf(id), update, condition: PRESENT }]);
  }

  /** @returns false once it was used, or is no more */
  async edit({ id }: Invite, terms: InviteTerms, commit: Commit): Promise<boolean> {
    const fields = Object.entries(terms);
    const update: Condition = {
      expression: `SET ${fields.map(([field], at) => `#${field} = :v${at}`).join(', ')}`,
      names: Object.fromEntries(fields.map(([field]) => [`#${field}`, field])),
      values: Object.fromEntries(fields.map(([, value], at) => [`:v${at}`, value])),
    };
    return this.#committed(commit, [{ kind: 'update', key: this.#keyOf(id), update, condition: UNUSED }]);
  }

  /** Removes it and frees its code. @returns false once it was used, or is no more */
  async remove({ id, code }: Invite, commit: Commit): Promise<boolean> {
    return this.#committed(commit, [
      { kind: 'delete', key: this.#keyOf(id), condition: UNUSED },
      { kind: 'delete', key: inviteLockKey(code) },
    ]);
  }

  /**
   * The writes that use an invite once, to stand in the transaction that makes the user (`aristay.md` §7.5, §10.5). The
   * first is refused when it is not usable any more, the second when the user has used it already.
   * @param now UTC, whole seconds, as `expires_at` is kept
   */
  using({ id }: Invite, userId: string, now: string): readonly [Write, Write] {
    const { empresaId } = this.#scope;
    const usable =
      'is_active = :yes AND (expires_at = :never OR expires_at >= :now) AND (max_uses = :any OR used_count < max_uses)';
    return [
      {
        kind: 'update',
        key: this.#keyOf(id),
        update: { expression: 'SET last_used_at = :now ADD used_count :one', values: { ':now': now, ':one': 1 } },
        condition: { expression: usable, values: { ':yes': true, ':never': null, ':now': now, ':any': 0 } },
      },
      { kind: 'put', item: { ...inviteUseKey(empresaId, id, userId), used_at: now }, condition: ABSENT },
    ];
  }

  #keyOf(id: number) {
    return inviteKey(this.#scope.empresaId, id);
  }

  async #committed(commit: Commit, writes: readonly Write[]): Promise<boolean> {
    try {
      await commit(writes);
      return true;
    } catch (thrown) {
      if (!(thrown instanceof TransactionRefused)) throw thrown;
      return false;
    }
  }
}

const UNUSED: Condition = { expression: 'used_count = :none', values: { ':none': 0 } };
