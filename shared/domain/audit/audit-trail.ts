import type { Actor } from '../../platform/auth/actor.ts';
import { toOffsetIso } from '../../platform/clock/clock.ts';
import { TransactionRefused } from '../../platform/dynamo/storage-errors.ts';
import type { Write } from '../../platform/dynamo/table.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { auditHeadKey, auditKey } from './audit.keys.ts';
import { type AuditEntry, type AuditFact, FIRST_HASH, hashOfEntry } from './audit-entry.ts';

/** Who acts, from where, when. */
export interface AuditOrigin {
  readonly actor: Actor | undefined;
  readonly address: string | undefined;
  readonly now: Date;
}

interface Head {
  readonly number: number;
  readonly hash: string;
}

/** Times that a commit starts over because another one continued the chain first. */
const ROUNDS = 20;

/** The audit trail of one company: administrative writes go through {@link AuditTrail.commit} and no other way. */
export class AuditTrail {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /**
   * Commits `writes` together with the entry that tells of them: neither stands without the other.
   * @param writes at most 98
   * @throws TransactionRefused when one of `writes` was refused, with its positions in `writes`
   */
  async commit(origin: AuditOrigin, fact: AuditFact, writes: readonly Write[]): Promise<AuditEntry> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const head = await this.#head();
      const entry = entryAfter(head, origin, fact);
      try {
        await this.#scope.table.transact([...writes, ...this.#writesOf(entry, head)]);
        return entry;
      } catch (thrown) {
        if (!(thrown instanceof TransactionRefused)) throw thrown;
        const own = thrown.failed.filter((position) => position < writes.length);
        if (own.length > 0) throw new TransactionRefused(own);
      }
    }
    throw new AppError('unavailable', 'Hay demasiados cambios a la vez. Vuelve a intentarlo.', { retryAfter: 1 });
  }

  async #head(): Promise<Head> {
    const row = await this.#scope.table.get(auditHeadKey(this.#scope.empresaId), { consistent: true });
    return row === undefined ? { number: 0, hash: FIRST_HASH } : { number: Number(row.number), hash: String(row.hash) };
  }

  #writesOf(entry: AuditEntry, head: Head): readonly Write[] {
    const { empresaId } = this.#scope;
    const next = { ...auditHeadKey(empresaId), number: entry.numero, hash: entry.hash };
    const condition =
      head.number === 0
        ? { expression: 'attribute_not_exists(pk)' }
        : { expression: '#hash = :seen', names: { '#hash': 'hash' }, values: { ':seen': head.hash } };
    return [
      { kind: 'put', item: next, condition },
      { kind: 'put', item: { ...auditKey(empresaId, entry.numero), ...entry } },
    ];
  }
}

function entryAfter(head: Head, { actor, address, now }: AuditOrigin, fact: AuditFact): AuditEntry {
  const entry = {
    numero: head.number + 1,
    instante: toOffsetIso(now),
    usuario_id: actor?.userId ?? null,
    direccion_ip: address ?? null,
    ...fact,
    hash_anterior: head.hash,
  };
  return { ...entry, hash: hashOfEntry(entry) };
}
