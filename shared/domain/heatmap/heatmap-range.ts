import { addDays, daysBetween, isCalendarDate } from '../../platform/calendar/calendar-date.ts';

/** Days that a heat map covers, `YYYY-MM-DD`, both included. */
export interface HeatmapRange {
  readonly desde: string;
  readonly hasta: string;
}

/** Longest range in days: a leap year whole (D-52). */
export const LONGEST_RANGE = 366;
const DAYS_OF_WEEK = 7;
/** A Monday. */
const SOME_MONDAY = '2024-01-01';

/** What is wrong with a wanted range, in the order of `stay-sidekick.md` §4.7. */
export type RangeProblem =
  | { readonly field: 'desde' | 'hasta'; readonly problem: 'missing' | 'no_date' }
  | { readonly field: 'desde' | 'hasta'; readonly problem: 'reversed' | 'too_long' | 'out_of_calendar' };

/** The range, or the first thing that is wrong with it. */
export function rangeOf(desde: string | undefined, hasta: string | undefined): HeatmapRange | RangeProblem {
  if (!desde) return { field: 'desde', problem: 'missing' };
  if (!hasta) return { field: 'hasta', problem: 'missing' };
  if (!isCalendarDate(desde)) return { field: 'desde', problem: 'no_date' };
  if (!isCalendarDate(hasta)) return { field: 'hasta', problem: 'no_date' };
  if (desde > hasta) return { field: 'desde', problem: 'reversed' };
  if (daysBetween(desde, hasta) >= LONGEST_RANGE) return { field: 'hasta', problem: 'too_long' };
  try {
    gridOf({ desde, hasta });
  } catch {
    return { field: 'hasta', problem: 'out_of_calendar' };
  }
  return { desde, hasta };
}

/**
 * Every day from the Monday of the first week to the Sunday of the last (`stay-sidekick.md` §6.1): a multiple of 7.
 *
 * @throws RangeError when a week leaves the years 0001 to 9999
 */
export function gridOf({ desde, hasta }: HeatmapRange): readonly string[] {
  const first = addDays(desde, -weekdayOf(desde));
  const last = addDays(hasta, DAYS_OF_WEEK - 1 - weekdayOf(hasta));
  return Array.from({ length: daysBetween(first, last) + 1 }, (_, day) => addDays(first, day));
}

export function isInRange(date: string, { desde, hasta }: HeatmapRange): boolean {
  return date >= desde && date <= hasta;
}

/** 0 for Monday to 6 for Sunday. */
function weekdayOf(date: string): number {
  const days = daysBetween(SOME_MONDAY, date) % DAYS_OF_WEEK;
  return days < 0 ? days + DAYS_OF_WEEK : days;
}
