import type { KeptStay } from './kept-stay.ts';
import type { SaidStay } from './said-stay.ts';

/** A stay that was known with what the feed says of it now; one side may be absent. */
export interface StayPair {
  readonly kept?: KeptStay;
  readonly said?: SaidStay;
}

type Test = (kept: KeptStay, said: SaidStay) => boolean;

const isCancelled = ({ status }: Pick<KeptStay, 'status'>) => status === 'cancelled';
/** Two codes are two bookings, whatever else is alike. */
const mayBeOne: Test = (kept, said) => kept.code === null || said.code === null || kept.code === said.code;

/** In the order of their strength (`integrations.md` §6.4). A cancelled stay comes back by its own name alone. */
const TESTS: readonly Test[] = [
  (kept, said) => kept.uid === said.uid,
  (kept, said) => kept.code !== null && kept.code === said.code,
  (kept, said) =>
    !isCancelled(kept) && mayBeOne(kept, said) && kept.check_in === said.check_in && kept.check_out === said.check_out,
  (kept, said) =>
    !isCancelled(kept) && mayBeOne(kept, said) && kept.check_in < said.check_out && said.check_in < kept.check_out,
];

/**
 * Pairs what is known of one feed with what it says now: by uid, else by the channel's code, else by the same nights,
 * else by nights that overlap where the old uid is gone.
 */
export function matchStays(kept: readonly KeptStay[], said: readonly SaidStay[]): readonly StayPair[] {
  const openKept = new Set(kept);
  const openSaid = new Set(said);
  const pairs: StayPair[] = [];
  for (const test of TESTS) {
    for (const stay of openSaid) {
      const known = firstOf(openKept, (each) => test(each, stay));
      if (known === undefined) continue;
      pairs.push({ kept: known, said: stay });
      openKept.delete(known);
      openSaid.delete(stay);
    }
  }
  return [...pairs, ...[...openKept].map((stay) => ({ kept: stay })), ...[...openSaid].map((stay) => ({ said: stay }))];
}

/** Without a copy of the set: a feed may have thousands of stays. */
function firstOf<T>(all: Iterable<T>, wanted: (one: T) => boolean): T | undefined {
  for (const one of all) if (wanted(one)) return one;
  return undefined;
}
