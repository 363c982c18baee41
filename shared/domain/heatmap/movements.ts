import type { Reservation } from '../reservation/reservation.ts';
import { countsAsArrival } from '../reservation/reservation-status.ts';
import type { Movements } from './heatmap-days.ts';
import { type HeatmapRange, isInRange } from './heatmap-range.ts';

/** What Aristay calls an owner's own stay: nobody arrives, yet the dwelling turns over (ruling 7). */
const OWNER_STAY = 'owner_staying';

/** The arrivals and departures inside a range; cancellations, closures and requests move nobody (D-24). */
export function movementsOf(
  { arriving, departing }: { readonly arriving: Iterable<Reservation>; readonly departing: Iterable<Reservation> },
  range: HeatmapRange,
): Movements {
  const checkins = new Map<string, number>();
  const checkouts = new Map<string, number>();
  for (const { status, check_in } of arriving) {
    if (countsAsArrival(status)) countDay(checkins, check_in, range);
  }
  for (const { status, status_raw, check_out } of departing) {
    const isOwnerStay = status === 'blocked' && status_raw === OWNER_STAY;
    if (countsAsArrival(status) || isOwnerStay) countDay(checkouts, check_out, range);
  }
  return { checkins, checkouts };
}

function countDay(counts: Map<string, number>, date: string | null, range: HeatmapRange): void {
  if (date !== null && isInRange(date, range)) counts.set(date, (counts.get(date) ?? 0) + 1);
}
