import type { Actor } from '../../platform/auth/actor.ts';
import { toOffsetIso } from '../../platform/clock/clock.ts';
import { type Continuation, commitInOrder } from '../../platform/dynamo/ordered-commit.ts';
import { ABSENT, type Write } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { auditHeadKey, auditKey } from './audit.keys.ts';
import { type AuditEntry, type AuditFact, hashOfEntry } from './audit-entry.ts';
import { type ChainEnd, chainEndOf } from './chain-end.ts';

/** Who acts, from where, when. */
export interface AuditOrigin {
  readonly actor: Pick<Actor, 'userId'> | undefined;
  readonly address: string | undefined;
  readonly now: Date;
}

/** The audit trail of one company: administrative writes go through {@link AuditTrail.commit} and no other way. */
export class AuditTrail {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /**
   * Commits `writes` together with the entry that tells of them: neither stands without the other.
   *
   * @example
   * // A change that also causes events: one transaction, both logs.
   * await trail.commit(origin, fact, writes, await events.continuationOf([{ type: 'booking.created', data }], now));
   * @param writes at most 98, less what `along` adds
   * @param along another log that the same change continues
   * @throws TransactionRefused when one of `writes` was refused, with its positions in `writes`
   * @throws AppError `unavailable` when too many commit at once, `internal` when the head row is behind its entries
   */
  async commit(
    origin: AuditOrigin,
    fact: AuditFact,
    writes: readonly Write[],
    along?: Continuation,
  ): Promise<AuditEntry> {
    const { empresaId } = this.#scope;
    let entry: AuditEntry | undefined;
    const told: Continuation = {
      log: 'El registro de auditoría',
      head: auditHeadKey(empresaId),
      writesAfter(row) {
        const end = chainEndOf(row);
        entry = entryAfter(end, origin, fact);
        return writesOf(empresaId, entry, end);
      },
    };
    await commitInOrder(this.#scope, writes, along === undefined ? [told] : [told, along]);
    if (entry === undefined) throw new Error('A commit has asked for its entry');
    return entry;
  }
}

function writesOf(empresaId: string, entry: AuditEntry, end: ChainEnd): readonly Write[] {
  const next = { ...auditHeadKey(empresaId), number: entry.numero, hash: entry.hash };
  const unmoved = { expression: '#hash = :seen', names: { '#hash': 'hash' }, values: { ':seen': end.hash } };
  return [
    { kind: 'put', item: next, condition: end.number === 0 ? ABSENT : unmoved },
    // An entry is never written over, whatever the head says.
    { kind: 'put', item: { ...auditKey(empresaId, entry.numero), ...entry }, condition: ABSENT },
  ];
}

function entryAfter(end: ChainEnd, { actor, address, now }: AuditOrigin, fact: AuditFact): AuditEntry {
  const entry = {
    numero: end.number + 1,
    instante: toOffsetIso(now),
    usuario_id: actor?.userId ?? null,
    direccion_ip: address ?? null,
    ...fact,
    hash_anterior: end.hash,
  };
  return { ...entry, hash: hashOfEntry(entry) };
}
