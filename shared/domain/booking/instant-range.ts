import { addDays } from '../../platform/calendar/calendar-date.ts';
import { instantOf } from '../../platform/calendar/time-zone.ts';
import { toUtcIso } from '../../platform/clock/clock.ts';

/** What a filter on a date names: a whole day at the property, or an exact instant (UTC, whole seconds). */
export type Moment =
  | { readonly kind: 'date'; readonly date: string }
  | { readonly kind: 'instant'; readonly instant: string };

/** The filters on one of a booking's two dates (S17). */
export interface MomentBounds {
  readonly on?: Moment | undefined;
  readonly gte?: Moment | undefined;
  readonly lte?: Moment | undefined;
}

/** Instants from one on and before another; open where an end is absent. */
export interface InstantRange {
  readonly from?: string | undefined;
  readonly before?: string | undefined;
}

/** The instants that fit the bounds at a property of this zone. */
export function rangeIn({ on, gte, lte }: MomentBounds, zone: string): InstantRange {
  return {
    from: latest(on && startOf(on, zone), gte && startOf(gte, zone)),
    before: earliest(on && endOf(on, zone), lte && endOf(lte, zone)),
  };
}

export function contains({ from, before }: InstantRange, instant: string): boolean {
  return (from === undefined || instant >= from) && (before === undefined || instant < before);
}

/** The instants that are in both. */
export function intersection(a: InstantRange, b: InstantRange): InstantRange {
  return { from: latest(a.from, b.from), before: earliest(a.before, b.before) };
}

/** The instants that are in any of them, and those between. */
export function span(ranges: readonly InstantRange[]): InstantRange {
  const [first = {}, ...others] = ranges;
  return others.reduce<InstantRange>(
    (a, b) => ({
      from: a.from === undefined || b.from === undefined ? undefined : earliest(a.from, b.from),
      before: a.before === undefined || b.before === undefined ? undefined : latest(a.before, b.before),
    }),
    first,
  );
}

/** @param seconds added to the instant */
export function moved(instant: string, seconds: number): string {
  return toUtcIso(new Date(Date.parse(instant) + seconds * 1000));
}

function startOf(moment: Moment, zone: string): string {
  return moment.kind === 'instant' ? moment.instant : toUtcIso(instantOf(moment.date, '00:00', zone));
}

function endOf(moment: Moment, zone: string): string {
  if (moment.kind === 'instant') return moved(moment.instant, 1);
  return toUtcIso(instantOf(addDays(moment.date, 1), '00:00', zone));
}

function latest(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || (b !== undefined && b > a) ? b : a;
}

function earliest(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || (b !== undefined && b < a) ? b : a;
}
