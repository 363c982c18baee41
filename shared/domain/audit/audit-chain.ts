import { type AuditEntry, hashOfEntry } from './audit-entry.ts';
import { type ChainEnd, EMPTY_CHAIN } from './chain-end.ts';

/** What a verification found: how many entries fit, and the number of the first one that does not. */
export interface ChainFinding {
  readonly fitting: number;
  readonly firstBreak: number | null;
}

/**
 * Goes along a chain up to the end that its head row names, holding one entry at a time. An altered entry breaks at
 * itself, a removed one at its number, a shortened tail at the first entry that is missing.
 *
 * Whoever may rewrite every row and the head with them can still forge a whole chain: the function roles cannot, and
 * point-in-time recovery holds the older copy.
 *
 * @param entries in order; undefined stands for a row that is no entry any more
 */
export async function verifyChain(
  entries: AsyncIterable<AuditEntry | undefined>,
  head: ChainEnd,
): Promise<ChainFinding> {
  let end = EMPTY_CHAIN;
  for await (const entry of entries) {
    if (entry === undefined || !continues(entry, end)) return { fitting: end.number, firstBreak: end.number + 1 };
    end = { number: entry.numero, hash: entry.hash };
  }
  if (end.number === head.number && end.hash === head.hash) return { fitting: end.number, firstBreak: null };
  // All entries fit each other, so either the tail is missing or the last one was forged together with its own hash.
  const firstBreak = end.number < head.number ? end.number + 1 : Math.max(end.number, 1);
  return { fitting: firstBreak - 1, firstBreak };
}

function continues(entry: AuditEntry, end: ChainEnd): boolean {
  return entry.numero === end.number + 1 && entry.hash_anterior === end.hash && entry.hash === hashOfEntry(entry);
}
