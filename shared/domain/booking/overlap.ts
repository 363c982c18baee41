import { liveUnits, type Property } from '../property/property.ts';
import { type BookingOutline, isActive } from './booking.ts';

/** What decides whether two bookings meet. */
export type Stay = Pick<BookingOutline, 'id' | 'unit_id' | 'check_in_date' | 'check_out_date' | 'status'>;

/**
 * The calendar that a booking stands on (`aristay.md` §3.4): the property's while it has no second unit, else the
 * unit's; undefined without a unit among several, where nothing can meet it.
 */
export function calendarOf(property: Pick<Property, 'units'>, stay: Pick<Stay, 'unit_id'>): number | undefined {
  return liveUnits(property).length <= 1 ? 0 : (stay.unit_id ?? undefined);
}

/** Half-open intervals: who arrives in the minute another leaves does not meet them. */
function meet(a: Stay, b: Stay): boolean {
  return a.check_in_date < b.check_out_date && b.check_in_date < a.check_out_date;
}

/**
 * The active booking of the same calendar that an active one would meet: the one with the lowest id. Undefined when
 * there is none, or when `candidate` itself takes no nights.
 *
 * @param others bookings of the property; the candidate itself among them does not count
 */
export function overlapping<S extends Stay>(
  property: Pick<Property, 'units'>,
  candidate: Stay,
  others: Iterable<S>,
): S | undefined {
  const calendar = calendarOf(property, candidate);
  if (calendar === undefined || !isActive(candidate)) return undefined;
  let first: S | undefined;
  for (const other of others) {
    if (other.id === candidate.id || !isActive(other) || !meet(candidate, other)) continue;
    if (calendarOf(property, other) !== calendar) continue;
    if (first === undefined || other.id < first.id) first = other;
  }
  return first;
}

/** Two bookings that meet on a property with these units; undefined when every calendar is in order. */
export function firstOverlap<S extends Stay>(
  property: Pick<Property, 'units'>,
  stays: readonly S[],
): readonly [S, S] | undefined {
  const lastOn = new Map<number, S>();
  for (const stay of [...stays].filter(isActive).sort(byCheckIn)) {
    const calendar = calendarOf(property, stay);
    if (calendar === undefined) continue;
    const before = lastOn.get(calendar);
    if (before !== undefined && meet(before, stay)) return [before, stay];
    lastOn.set(calendar, stay);
  }
  return undefined;
}

function byCheckIn(a: Stay, b: Stay): number {
  return a.check_in_date < b.check_in_date ? -1 : 1;
}
