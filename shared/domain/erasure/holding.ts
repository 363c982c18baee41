import type { Counts } from './erasure.ts';

/** The first things that a holding has left, in the order of their names. */
export interface Portion {
  /** Name of the last of them. */
  readonly last: string;
  readonly filas?: Counts;
  readonly objetos?: Counts;
  /** Deletes them; may be repeated. */
  remove(): Promise<void>;
}

/** One place that keeps something of a tenant: a partition of the table, a prefix of a bucket. */
export interface Holding {
  readonly name: string;
  /** A bounded portion of what is there at this moment, of nothing beyond `through`; undefined when that is nothing. */
  first(through?: string): Promise<Portion | undefined>;
}

/** A portion that was counted and that an interrupted process may have left half deleted. */
export interface Claim {
  readonly holding: string;
  readonly through: string;
}

/** The progress of whoever clears, kept outside of the process. */
export interface ClearingRecord {
  /** What an earlier process has left; null once it is done with. */
  leftover: Claim | null;
  /** True when somebody else is to go on. */
  readonly outOfTime: boolean;
  /** Counts a portion and claims it, before it is deleted: a crash in between neither loses it nor counts it twice. */
  claim(holding: Holding, portion: Portion): Promise<void>;
}

/**
 * Clears holdings over and over until one round finds every one of them empty.
 * @returns whether there was anything; undefined when time ran out first
 */
export async function clearHoldings(
  holdings: readonly Holding[],
  record: ClearingRecord,
): Promise<{ readonly found: boolean } | undefined> {
  await finishLeftover(holdings, record);
  for (let round = 0; ; round += 1) {
    let clean = true;
    for (const holding of holdings) {
      for (let portion = await holding.first(); portion !== undefined; portion = await holding.first()) {
        if (record.outOfTime) return undefined;
        clean = false;
        await record.claim(holding, portion);
        await portion.remove();
      }
    }
    if (clean) return { found: round > 0 };
  }
}

async function finishLeftover(holdings: readonly Holding[], record: ClearingRecord): Promise<void> {
  const { leftover } = record;
  const holding = holdings.find(({ name }) => name === leftover?.holding);
  if (holding === undefined || leftover === null) return;
  const { through } = leftover;
  for (let left = await holding.first(through); left !== undefined; left = await holding.first(through)) {
    await left.remove();
  }
  record.leftover = null;
}
