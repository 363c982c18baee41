import { filingName, type Reservation, type ReservationSource } from '../reservation/reservation.ts';
import { countsAsArrival } from '../reservation/reservation-status.ts';
import { type ArrivalApartment, apartmentResolver, type CatalogueApartment } from './apartment-match.ts';
import { type ArrivalAssessment, assessArrival, minuteOfNight } from './arrival.ts';
import { mergeReports } from './merge-reports.ts';
import { groupSameStays, reportOf, type StayReport } from './same-stay.ts';
import { serviceDateOf } from './service-day.ts';
import { foldText, recordIdentity, stayIdentity } from './stay-identity.ts';

/** What a company has set and what it rents. */
export interface ArrivalsConfiguration {
  /** IANA zone of the company. */
  readonly zone: string;
  /** `hora_corte`, `HH:MM`. */
  readonly cutoff: string;
  readonly catalogue: readonly CatalogueApartment[];
}

/** A guest who is expected, whichever sources say so. */
export interface Arrival extends ArrivalAssessment {
  /** The same in every run, though the hour, the phone or the source change: `arr_` and 32 hexadecimal digits. */
  readonly id: string;
  /**
   * `id` and every other identity that the reports of this arrival have or would have alone. Whoever must act once
   * for an arrival acts only if none of them has been acted for, and then records them all: that holds although a
   * name is completed or a source appears between two runs.
   */
  readonly identities: readonly string[];
  readonly reservation: Reservation;
  readonly apartment: ArrivalApartment;
  readonly sources: readonly ReservationSource[];
}

export interface DayArrivals {
  /** Date of the company's service day, `YYYY-MM-DD`. */
  readonly date: string;
  /** By hour as the night runs (00:30 after 23:59), unknown hours last. */
  readonly arrivals: readonly Arrival[];
}

/**
 * The arrivals of the service day that an instant falls in (rulings 7, 10, 13). A property with a zone of its own
 * follows its own service day. Owner blocks, pending, cancelled and no-show stays give none; a stay that several
 * sources report gives one.
 *
 * @throws RangeError for an unknown zone or a malformed cutoff
 */
export function arrivalsOfDay(
  reservations: readonly Reservation[],
  configuration: ArrivalsConfiguration,
  instant: Date,
): DayArrivals {
  const dates = new Map<string, string>();
  const dateIn = (zone: string) => {
    const date = dates.get(zone) ?? serviceDateOf(instant, zone);
    dates.set(zone, date);
    return date;
  };
  const ofDay = reservations.filter(
    ({ check_in, time_zone }) => check_in !== null && check_in === dateIn(time_zone ?? configuration.zone),
  );
  return { date: dateIn(configuration.zone), arrivals: expectedArrivals(ofDay, configuration) };
}

/** The arrivals of a calendar date, as `status?fecha=` asks for them (`stay-sidekick.md` §4.8). */
export function arrivalsOnDate(
  reservations: readonly Reservation[],
  configuration: Omit<ArrivalsConfiguration, 'zone'>,
  date: string,
): DayArrivals {
  const ofDate = reservations.filter(({ check_in }) => check_in === date);
  return { date, arrivals: expectedArrivals(ofDate, configuration) };
}

/** One arrival from the reports of one stay, that of the most exact report first. */
export function arrivalFrom(reports: readonly StayReport[], cutoff: string): Arrival {
  const [first] = reports;
  const stay = mergeReports(reports);
  const records = reports.map(({ reservation, key }) => recordIdentity(reservation, key));
  const anonymous = first === undefined || (first.key.guest.length === 0 && first.key.dwelling === '');
  const stays = anonymous ? [] : reports.map(({ key }) => stayIdentity(key));
  const [id = ''] = anonymous ? records : stays;
  return {
    id,
    identities: [...new Set([...stays, ...records])].sort(),
    ...stay,
    ...assessArrival(stay.reservation.arrival_time, cutoff),
  };
}

function expectedArrivals(
  reservations: readonly Reservation[],
  { cutoff, catalogue }: Omit<ArrivalsConfiguration, 'zone'>,
): Arrival[] {
  const resolve = apartmentResolver(catalogue);
  const reports = reservations.map((reservation) =>
    reportOf(reservation, resolve(reservation.apartment_id_externo, reservation.apartment_name)),
  );
  return groupSameStays(reports.filter(isAboutGuest))
    .map((stay) => arrivalFrom(stay, cutoff))
    .filter(({ reservation }) => countsAsArrival(reservation.status))
    .map((arrival) => ({ arrival, order: readingOrder(arrival) }))
    .sort((a, b) => a.order.minute - b.order.minute || (a.order.text < b.order.text ? -1 : 1))
    .map(({ arrival }) => arrival);
}

/** A closure that names nobody tells nothing of a guest: calendars are closed because the night was sold elsewhere. */
function isAboutGuest({ reservation, key }: StayReport): boolean {
  return reservation.status !== 'blocked' || key.guest.length > 0;
}

function readingOrder({ reservation, apartment, id }: Arrival): { minute: number; text: string } {
  const minute = reservation.arrival_time === null ? null : minuteOfNight(reservation.arrival_time);
  return {
    minute: minute ?? Number.MAX_SAFE_INTEGER,
    text: [foldText(apartment.nombre ?? ''), foldText(filingName(reservation) ?? ''), id].join('\u0000'),
  };
}
