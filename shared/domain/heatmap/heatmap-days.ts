import { gridOf, type HeatmapRange, isInRange } from './heatmap-range.ts';
import type { StaffMinutes } from './heatmap-settings.ts';

/** How many on each day, by `YYYY-MM-DD`; a day that is absent has none. */
export type DayCounts = ReadonlyMap<string, number>;

/** Arrivals and departures by day. */
export interface Movements {
  readonly checkins: DayCounts;
  readonly checkouts: DayCounts;
}

/** One cell of the grid, under the names of `stay-sidekick.md` §4.7. */
export interface HeatmapDay {
  readonly fecha: string;
  readonly checkins: number;
  readonly checkouts: number;
  /** Outside the range, there to fill the week; nothing to do with the calendar month. */
  readonly mesAdyacente: boolean;
  /** Minutes of work that the day's movements take; absent where the company has set none. */
  readonly minutos?: number;
}

/** The grid of a range: whole weeks, ascending, from Monday to Sunday (`stay-sidekick.md` §6.1). */
export function heatmapDays(
  range: HeatmapRange,
  { checkins, checkouts }: Movements,
  minutes?: StaffMinutes,
): readonly HeatmapDay[] {
  return gridOf(range).map((fecha) => {
    const day = { fecha, checkins: checkins.get(fecha) ?? 0, checkouts: checkouts.get(fecha) ?? 0 };
    const mesAdyacente = !isInRange(fecha, range);
    return { ...day, mesAdyacente, ...(minutes && { minutos: minutesOf(day, minutes) }) };
  });
}

/** Sums over the days of the range itself: what fills the first and the last week does not count. */
export interface HeatmapTotals {
  readonly checkins: number;
  readonly checkouts: number;
  readonly minutos?: number;
}

export function totalsOf(days: readonly HeatmapDay[]): HeatmapTotals {
  const own = days.filter(({ mesAdyacente }) => !mesAdyacente);
  const sum = (value: (day: HeatmapDay) => number) => own.reduce((total, day) => total + value(day), 0);
  const timed = own.some(({ minutos }) => minutos !== undefined);
  return {
    checkins: sum(({ checkins }) => checkins),
    checkouts: sum(({ checkouts }) => checkouts),
    ...(timed && { minutos: sum(({ minutos }) => minutos ?? 0) }),
  };
}

/** Days of the grid on which something moves: what the sync log counts (`stay-sidekick.md` §4.7). */
export function busyDays(days: readonly HeatmapDay[]): number {
  return days.filter(({ checkins, checkouts }) => checkins + checkouts > 0).length;
}

function minutesOf(day: Pick<HeatmapDay, 'checkins' | 'checkouts'>, minutes: StaffMinutes): number {
  return day.checkins * minutes.minutos_checkin + day.checkouts * minutes.minutos_checkout;
}
