import { setTimeout as delay } from 'node:timers/promises';
import type { Actor } from '../../platform/auth/actor.ts';
import { toOffsetIso } from '../../platform/clock/clock.ts';
import { TransactionRefused } from '../../platform/dynamo/storage-errors.ts';
import { ABSENT, type Write } from '../../platform/dynamo/table.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { auditHeadKey, auditKey } from './audit.keys.ts';
import { type AuditEntry, type AuditFact, hashOfEntry } from './audit-entry.ts';
import { type ChainEnd, readChainEnd } from './chain-end.ts';

/** Who acts, from where, when. */
export interface AuditOrigin {
  readonly actor: Actor | undefined;
  readonly address: string | undefined;
  readonly now: Date;
}

/** Times that a commit starts over because another one continued the chain first. */
const ROUNDS = 20;
/** Longest wait before a commit starts over: a random part of it spreads those who met. */
const LONGEST_WAIT_MS = 200;

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
   * @throws AppError `unavailable` when too many commit at once, `internal` when the head row is behind its entries
   */
  async commit(origin: AuditOrigin, fact: AuditFact, writes: readonly Write[]): Promise<AuditEntry> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const head = await readChainEnd(this.#scope);
      const entry = entryAfter(head, origin, fact);
      try {
        await this.#scope.table.transact([...writes, ...this.#writesOf(entry, head)]);
        return entry;
      } catch (thrown) {
        refuseUnlessOvertaken(thrown, writes.length);
      }
      await delay(Math.random() * Math.min(LONGEST_WAIT_MS, 10 * 2 ** round));
    }
    throw new AppError('unavailable', 'Hay demasiados cambios a la vez. Vuelve a intentarlo.', { retryAfter: 1 });
  }

  #writesOf(entry: AuditEntry, head: ChainEnd): readonly Write[] {
    const { empresaId } = this.#scope;
    const next = { ...auditHeadKey(empresaId), number: entry.numero, hash: entry.hash };
    const unmoved = { expression: '#hash = :seen', names: { '#hash': 'hash' }, values: { ':seen': head.hash } };
    return [
      { kind: 'put', item: next, condition: head.number === 0 ? ABSENT : unmoved },
      // An entry is never written over, whatever the head says.
      { kind: 'put', item: { ...auditKey(empresaId, entry.numero), ...entry }, condition: ABSENT },
    ];
  }
}

/** Returns when another commit came first, and throws what else went wrong; head and entry stand behind `own` writes. */
function refuseUnlessOvertaken(thrown: unknown, own: number): void {
  if (thrown instanceof TransactionRefused) {
    const refused = thrown.failed.filter((position) => position < own);
    if (refused.length > 0) throw new TransactionRefused(refused);
    if (thrown.failed.includes(own)) return;
    const message = 'El registro de auditoría de la empresa está dañado y no admite cambios. Avísanos.';
    throw new AppError('internal', message, { cause: thrown });
  }
  // Two transactions that touch the head at the same instant: DynamoDB cancels one without looking at conditions.
  const { cause } = thrown instanceof AppError ? thrown : {};
  if (cause instanceof Error && cause.name === 'TransactionCanceledException') return;
  throw thrown;
}

function entryAfter(head: ChainEnd, { actor, address, now }: AuditOrigin, fact: AuditFact): AuditEntry {
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
