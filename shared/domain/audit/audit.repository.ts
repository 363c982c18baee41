import { type ListPage, listNewest, type PageRequest } from '../../platform/dynamo/list-newest.ts';
import type { Item } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import { auditKey, auditPartition } from './audit.keys.ts';
import { type ChainFinding, verifyChain } from './audit-chain.ts';
import { type AuditEntry, auditEntry } from './audit-entry.ts';
import { readChainEnd } from './chain-end.ts';

/** Reads the audit trail of one company; writing is {@link AuditTrail}'s alone. */
export class AuditRepository {
  readonly #scope: TenantScope;

  constructor(scope: TenantScope) {
    this.#scope = scope;
  }

  /**
   * One page, newest first. A row that somebody damaged beyond reading is left out: {@link verify} is what tells of it.
   * @throws AppError `invalid` for a cursor that no list gave out
   */
  async list(page: PageRequest): Promise<ListPage<AuditEntry>> {
    const { items, cursor } = await listNewest(this.#scope, auditPartition(this.#scope.empresaId), page, readEntry);
    return { items: items.filter((entry) => entry !== undefined), cursor };
  }

  /** Verifies the whole chain with one page of rows in memory; writes that go on meanwhile do no harm. */
  async verify(): Promise<ChainFinding> {
    const head = await readChainEnd(this.#scope);
    const finding = await verifyChain(this.#entriesUpTo(head.number), head);
    if (finding.firstBreak !== null) return finding;
    const last = await this.#lastSortKey();
    if (last === undefined || last <= this.#sortKey(head.number)) return finding;
    // Entries may have come while we looked; then the head has moved too. Rows behind the head were slipped in.
    if (last <= this.#sortKey((await readChainEnd(this.#scope)).number)) return finding;
    return { fitting: finding.fitting, firstBreak: head.number + 1 };
  }

  async *#entriesUpTo(number: number): AsyncGenerator<AuditEntry | undefined> {
    const range = { pk: auditPartition(this.#scope.empresaId), to: this.#sortKey(number) };
    for await (const row of this.#scope.table.queryAll({ ...range, consistent: true })) yield readEntry(row);
  }

  async #lastSortKey(): Promise<string | undefined> {
    const pk = auditPartition(this.#scope.empresaId);
    const { items } = await this.#scope.table.query({ pk, newestFirst: true, limit: 1, consistent: true });
    const [last] = items;
    return last && String(last.sk);
  }

  #sortKey(number: number): string {
    return auditKey(this.#scope.empresaId, number).sk;
  }
}

function readEntry(row: Item): AuditEntry | undefined {
  return auditEntry.safeParse(row).data;
}
