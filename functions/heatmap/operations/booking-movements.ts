import type { StoredBooking } from '../../../shared/domain/booking/booking.ts';
import type { Movements } from '../../../shared/domain/heatmap/heatmap-days.ts';
import type { HeatmapRange } from '../../../shared/domain/heatmap/heatmap-range.ts';
import { type CountedStay, movementsOf } from '../../../shared/domain/heatmap/movements.ts';
import { type Property, zoneOf } from '../../../shared/domain/property/property.ts';
import { statusOfBooking } from '../../../shared/domain/reservation/reservation-status.ts';
import { instantOf, localDateTime } from '../../../shared/platform/calendar/time-zone.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';

interface Deps {
  readonly bookings: {
    listCompanyCheckingIn(period: { from: string; to: string }): Promise<readonly StoredBooking[]>;
  };
  readonly properties: { listAll(): Promise<readonly Property[]> };
  /** The company's zone, for properties without one of their own. */
  readonly zone: string;
}

const DAY_MS = 86_400_000;

/**
 * Counts the platform's own bookings by the days of their property's calendar. Guests stay sealed. One query from the
 * earliest check-in that may still leave inside the range: each property knows the longest stay that it has had.
 */
export async function bookingMovements({ bookings, properties, zone }: Deps, range: HeatmapRange): Promise<Movements> {
  const all = await properties.listAll();
  const longest = Math.max(0, ...all.map(({ longest_stay_s }) => longest_stay_s)) * 1000;
  // A day on either side: a calendar day lasts 50 hours around the Earth.
  const from = new Date(instantOf(range.desde, '00:00', 'UTC').getTime() - DAY_MS - longest);
  const to = new Date(instantOf(range.hasta, '00:00', 'UTC').getTime() + 2 * DAY_MS);
  const found = await bookings.listCompanyCheckingIn({ from: toUtcIso(from), to: toUtcIso(to) });
  const known = new Map(all.map((property) => [property.id, property]));
  const stays = found.flatMap((booking) => {
    const property = known.get(booking.property_id);
    return property === undefined ? [] : [stayOf(booking, zoneOf(property, zone))];
  });
  return movementsOf({ arriving: stays, departing: stays }, range);
}

function stayOf({ status, check_in_date, check_out_date }: StoredBooking, zone: string): CountedStay {
  return {
    source: 'booking',
    status: statusOfBooking(status),
    check_in: localDateTime(new Date(check_in_date), zone).date,
    check_out: localDateTime(new Date(check_out_date), zone).date,
  };
}
