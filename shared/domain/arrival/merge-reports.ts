import { nightsOf, type Reservation, type ReservationSource } from '../reservation/reservation.ts';
import { countsAsArrival, type ReservationStatus } from '../reservation/reservation-status.ts';
import type { ArrivalApartment } from './apartment-match.ts';
import { minuteOfNight } from './arrival.ts';
import type { StayReport } from './same-stay.ts';

/** Who is believed when two reports are equally fresh: a feed knows least. */
const TRUST: Readonly<Record<ReservationSource, number>> = { pms: 0, booking: 1, arrivals_file: 2, ical: 3 };

export interface MergedStay {
  readonly reservation: Reservation;
  readonly apartment: ArrivalApartment;
  /** Every source that reports the stay as it stands, in the order in which they were believed. */
  readonly sources: readonly ReservationSource[];
}

/**
 * One reservation from all reports of a stay. Field by field, the freshest report that knows it is believed, so that
 * an hour given by one source is not lost to a fresher one without; reports of the same moment (or none) in the order
 * PMS, booking, file, feed, and then the later hour first, because a late guest must not be missed. Of a stay that
 * stands, what was said of a cancelled booking counts for nothing.
 */
export function mergeReports(reports: readonly StayReport[]): MergedStay {
  const sorted = [...reports].sort(byBelief);
  const status = believedStatus(sorted);
  const believed = countsAsArrival(status) ? sorted.filter(isAboutThisVisit) : sorted;
  const [first] = believed;
  if (first === undefined) throw new RangeError('A stay has at least one report.');
  const merged = { ...first.reservation } as Record<string, unknown>;
  for (const { reservation } of believed) {
    for (const [field, value] of Object.entries(reservation)) merged[field] ??= value;
  }
  // Every field comes from a Reservation, under its own name.
  const reservation = merged as unknown as Reservation;
  return {
    reservation: {
      ...reservation,
      status,
      nights: nightsOf(reservation.check_in, reservation.check_out),
    },
    apartment: believedApartment(believed, first.apartment),
    sources: [...new Set(believed.map((report) => report.reservation.source))],
  };
}

/** A guest who comes after all does so by the booking that stands: hour and phone of the one given up are not theirs. */
function isAboutThisVisit({ reservation }: StayReport): boolean {
  return reservation.status !== 'cancelled' && reservation.status !== 'no_show';
}

/**
 * The source with the freshest report decides whether the stay stands, so that a cancellation in the PMS outlives the
 * row of this morning's file. Within one source any standing record wins: cancelled and booked again is booked. A
 * report without a guest (a closed calendar, a feed) says nothing about the guest whom others name.
 */
function believedStatus(believed: readonly StayReport[]): ReservationStatus {
  const named = believed.filter((report) => report.key.guest.length > 0);
  const voters = named.length > 0 ? named : believed;
  const freshest = freshness(voters[0]);
  const deciding = new Set(
    voters.filter((report) => freshness(report) === freshest).map((report) => report.reservation.source),
  );
  const statuses = voters
    .filter((report) => deciding.has(report.reservation.source))
    .map((report) => report.reservation.status);
  return statuses.find(countsAsArrival) ?? statuses[0] ?? 'pending';
}

function believedApartment(believed: readonly StayReport[], fallback: ArrivalApartment): ArrivalApartment {
  const apartments = believed.map((report) => report.apartment);
  return apartments.find(({ id }) => id !== null) ?? apartments.find(({ nombre }) => nombre !== null) ?? fallback;
}

function byBelief(a: StayReport, b: StayReport): number {
  const [left, right] = [a.reservation, b.reservation];
  const fresher = freshness(b) - freshness(a);
  // Two unknown moments subtract to NaN.
  if (fresher !== 0 && !Number.isNaN(fresher)) return fresher;
  return (
    TRUST[left.source] - TRUST[right.source] ||
    minuteOf(right) - minuteOf(left) ||
    compare(left.id_externo, right.id_externo) ||
    // What is left differs in some detail only; any fixed order will do, so that no run answers differently.
    compare(JSON.stringify(left), JSON.stringify(right))
  );
}

function freshness(report: StayReport | undefined): number {
  return Date.parse(report?.reservation.observed_at ?? '') || Number.NEGATIVE_INFINITY;
}

function minuteOf({ arrival_time }: Reservation): number {
  return (arrival_time === null ? null : minuteOfNight(arrival_time)) ?? -1;
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
