import { ABSENT, type Condition, TRANSACTION_MOST, type Write } from '../../platform/dynamo/table.ts';
import { apartmentKey, pmsLockKey } from './apartment.keys.ts';
import type { Apartment } from './apartment.ts';
import type { CatalogueChange } from './catalogue-plan.ts';

function asSeen(row: Apartment): Condition {
  return { expression: 'revision = :seen', values: { ':seen': row.revision } };
}

/**
 * The writes of one change, each only while the row is as it was seen. The id of the PMS moves with the row: its lock
 * is what keeps it unique in the company (D-47), and outlives a deactivation, so that the same dwelling comes back.
 */
export function writesOf(empresaId: string, { before, after }: Pick<CatalogueChange, 'before' | 'after'>): Write[] {
  const writes: Write[] = [];
  const [held, wanted] = [before?.id_pms ?? null, after?.id_pms ?? null];
  if (after !== null) {
    const item = { ...apartmentKey(empresaId, after.id), ...after };
    writes.push({ kind: 'put', item, condition: before === null ? ABSENT : asSeen(before) });
  } else if (before !== null) {
    writes.push({ kind: 'delete', key: apartmentKey(empresaId, before.id), condition: asSeen(before) });
  }
  if (held === wanted) return writes;
  if (held !== null) writes.push({ kind: 'delete', key: pmsLockKey(empresaId, held) });
  if (wanted !== null && after !== null) {
    const item = { ...pmsLockKey(empresaId, wanted), apartment_id: after.id };
    writes.push({ kind: 'put', item, condition: ABSENT });
  }
  return writes;
}

/** Changes that go together, with their writes. */
export interface Portion {
  readonly changes: readonly CatalogueChange[];
  readonly writes: readonly Write[];
}

/** Cuts changes into transactions, each with room for `beside` more writes. */
export function portionsOf(empresaId: string, changes: readonly CatalogueChange[], beside: number): readonly Portion[] {
  const most = TRANSACTION_MOST - beside;
  const portions: { changes: CatalogueChange[]; writes: Write[] }[] = [];
  for (const change of changes) {
    const writes = writesOf(empresaId, change);
    let last = portions.at(-1);
    if (last === undefined || last.writes.length + writes.length > most) {
      last = { changes: [], writes: [] };
      portions.push(last);
    }
    last.changes.push(change);
    last.writes.push(...writes);
  }
  return portions;
}
