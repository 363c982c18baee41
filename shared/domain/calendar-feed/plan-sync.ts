import type { KeptStay } from './kept-stay.ts';
import { matchStays, type StayPair } from './match-stays.ts';
import type { SaidStay } from './said-stay.ts';

/** What one stay of a feed asks for. */
export type SyncStep =
  /** It is to become a booking; `kept` where that was tried before. */
  | { readonly kind: 'book'; readonly said: SaidStay; readonly kept?: KeptStay }
  /** Its booking is to follow what changed. */
  | { readonly kind: 'change'; readonly kept: KeptStay; readonly said: SaidStay }
  | { readonly kind: 'cancel'; readonly kept: KeptStay; readonly wanted: KeptStay }
  /** Nothing of a booking changes, but what is known of the stay. */
  | { readonly kind: 'note'; readonly wanted: KeptStay }
  /** It never became a booking and is gone. */
  | { readonly kind: 'forget'; readonly kept: KeptStay };

/** `suspicious`: the feed lacks so much that nothing of it is believed. */
export type SyncPlan =
  | { readonly kind: 'suspicious' }
  | { readonly kind: 'steps'; readonly steps: readonly SyncStep[] };

export interface SyncMoment {
  readonly now: Date;
  /** The service day at the property, `YYYY-MM-DD`. */
  readonly today: string;
  /** A person has said that what the feed lacks was cancelled. */
  readonly lossesConfirmed: boolean;
}

/** A stay is cancelled when so many good readings lack it … */
const MISSED_READINGS = 2;
/** … over so long (`integrations.md` §6.4). */
const MISSING_MS = 24 * 3_600_000;
/** On the day of its check-in a person is told so soon. */
const MISSING_TODAY_MS = 2 * 3_600_000;
/** A feed that had so many stays to come is not believed when it lacks more than half of them. */
const FEW_STAYS = 4;

/**
 * What a reading of a feed asks for (`integrations.md` §6.4). Absence is weak evidence: a channel may answer an empty
 * calendar. Days that are past are never changed, and nothing is ever deleted.
 */
export function planSync(kept: readonly KeptStay[], said: readonly SaidStay[], at: SyncMoment): SyncPlan {
  const pairs = matchStays(kept, said);
  if (!at.lossesConfirmed && isSuspicious(pairs, said, at.today)) return { kind: 'suspicious' };
  return { kind: 'steps', steps: pairs.flatMap((pair) => stepOf(pair, at) ?? []).sort(byUrgency) };
}

/** Freeing nights comes first, so that what takes them finds them free. */
const URGENCY: Readonly<Record<SyncStep['kind'], number>> = { cancel: 0, change: 1, book: 2, note: 3, forget: 3 };

function byUrgency(a: SyncStep, b: SyncStep): number {
  return URGENCY[a.kind] - URGENCY[b.kind];
}

function isSuspicious(pairs: readonly StayPair[], said: readonly SaidStay[], today: string): boolean {
  const expected = pairs.filter(({ kept }) => kept !== undefined && isExpected(kept, today));
  const lost = expected.filter((pair) => pair.said === undefined);
  const isEmpty = !said.some(({ check_in }) => check_in > today);
  return (expected.length > 0 && isEmpty) || (expected.length >= FEW_STAYS && lost.length > expected.length / 2);
}

/** A stay to come that the last good reading had. */
function isExpected({ status, check_in, missed }: KeptStay, today: string): boolean {
  return status !== 'cancelled' && check_in > today && missed === 0;
}

function stepOf({ kept, said }: StayPair, at: SyncMoment): SyncStep | undefined {
  if (said === undefined) return kept && stepOfMissing(kept, at);
  if (kept === undefined) {
    const isNews = said.status !== 'cancelled' && said.check_out > at.today;
    return isNews ? { kind: 'book', said } : undefined;
  }
  if (kept.check_out <= at.today) return undefined;
  if (kept.outcome !== 'booked' && said.status !== 'cancelled') return { kind: 'book', said, kept };
  if (said.status === 'cancelled') {
    if (kept.status === 'cancelled') return undefined;
    if (kept.outcome !== 'booked') return { kind: 'forget', kept };
    return kept.check_in < at.today ? undefined : { kind: 'cancel', kept, wanted: seenAgain(kept, said, at.today) };
  }
  const wanted = seenAgain(kept, said, at.today);
  const changes =
    kept.status !== wanted.status || kept.check_in !== wanted.check_in || kept.check_out !== wanted.check_out;
  if (changes) return { kind: 'change', kept, said };
  return isSame(kept, wanted) ? undefined : { kind: 'note', wanted };
}

function stepOfMissing(kept: KeptStay, { now, today, lossesConfirmed }: SyncMoment): SyncStep | undefined {
  // Whoever has arrived is in the house, whatever the feed says.
  if (kept.status === 'cancelled' || kept.check_in < today) return undefined;
  if (kept.outcome !== 'booked') return { kind: 'forget', kept };
  const missing_since = kept.missing_since ?? now.toISOString();
  const missing = { ...kept, missing_since, missed: kept.missed + 1 };
  const missingMs = now.getTime() - Date.parse(missing_since);
  const isToday = kept.check_in === today;
  const isCertain = missing.missed >= MISSED_READINGS && missingMs >= MISSING_MS && !isToday;
  if (lossesConfirmed || isCertain) return { kind: 'cancel', kept, wanted: { ...missing, status: 'cancelled' } };
  const may_be_cancelled =
    kept.may_be_cancelled || (isToday && missing.missed >= MISSED_READINGS && missingMs >= MISSING_TODAY_MS);
  return { kind: 'note', wanted: { ...missing, may_be_cancelled } };
}

/** What is known of a stay once the feed has told of it again. A stay that has begun keeps its beginning. */
export function seenAgain(kept: KeptStay, said: SaidStay, today: string): KeptStay {
  return {
    ...kept,
    ...said,
    check_in: kept.check_in < today ? kept.check_in : said.check_in,
    // Never before the day that is: nights that are past were slept in.
    check_out: said.check_out < today ? kept.check_out : said.check_out,
    guest_name: said.guest_name ?? kept.guest_name,
    met_booking: kept.outcome === 'booked' ? null : kept.met_booking,
    missing_since: null,
    missed: 0,
    may_be_cancelled: false,
  };
}

function isSame(a: KeptStay, b: KeptStay): boolean {
  return (Object.keys(a) as (keyof KeptStay)[]).every((field) => a[field] === b[field]);
}
