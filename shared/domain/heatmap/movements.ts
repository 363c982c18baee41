import type { Reservation } from '../reservation/reservation.ts';
import { countsAsArrival } from '../reservation/reservation-status.ts';
import type { Movements } from './heatmap-days.ts';
import { type HeatmapRange, isInRange } from './heatmap-range.ts';

/** What counting needs of a stay. */
export type CountedStay = Pick<Reservation, 'source' | 'status' | 'check_in' | 'check_out'>;

/** The arrivals and departures inside a range; cancellations, closures and requests move nobody (D-24). */
export function movementsOf(
  { arriving, departing }: { readonly arriving: Iterable<CountedStay>; readonly departing: Iterable<CountedStay> },
  range: HeatmapRange,
): Movements {
  const checkins = new Map<string, number>();
  const checkouts = new Map<string, number>();
  for (const stay of arriving) {
    if (countsAsArrival(stay.status)) countDay(checkins, stay.check_in, range);
  }
  for (const stay of departing) {
    if (countsAsArrival(stay.status) || isOwnerStay(stay)) countDay(checkouts, stay.check_out, range);
  }
  return { checkins, checkouts };
}

/** An owner arrives as nobody's guest, yet the dwelling turns over (ruling 7). A PMS does not tell owners from closures. */
function isOwnerStay({ source, status }: CountedStay): boolean {
  return source === 'booking' && status === 'blocked';
}

function countDay(counts: Map<string, number>, date: string | null, range: HeatmapRange): void {
  if (date !== null && isInRange(date, range)) counts.set(date, (counts.get(date) ?? 0) + 1);
}
