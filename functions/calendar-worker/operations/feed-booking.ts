import { type Booking, createBooking, TENTATIVE_STATUS } from '../../../shared/domain/booking/booking.ts';
import { expiryOf } from '../../../shared/domain/booking/retention.ts';
import type { KeptStay } from '../../../shared/domain/calendar-feed/kept-stay.ts';
import type { SaidStay } from '../../../shared/domain/calendar-feed/said-stay.ts';
import { type Property, zoneOf } from '../../../shared/domain/property/property.ts';
import { instantOf, localDateTime } from '../../../shared/platform/calendar/time-zone.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { SyncPlace } from './sync-deps.ts';

/** `external_status` of a stay that the channel writes as it writes its blocks: somebody has to look. */
const NEEDS_REVIEW = 'needs_review';

type Dates = Pick<SaidStay, 'check_in' | 'check_out'>;

/** A new booking of a stay. Its hours are the property's own, and so unknown (ruling 7). */
export function bookingOfStay(place: SyncPlace, property: Property, said: SaidStay, now: Date): Booking {
  const { feed, source, retentionMonths } = place;
  const at = toUtcIso(now);
  const dates = instantsOf(said, property, place.companyZone);
  return createBooking({
    ...dates,
    id: 0,
    property_id: property.id,
    unit_id: feed.unit_id,
    status: 'confirmed',
    source,
    external_status: externalStatusOf(said),
    external_code: said.code ?? '',
    guest_name: said.guest_name ?? '',
    check_in_hour_known: false,
    check_out_hour_known: false,
    expires_at: expiryOf(dates.check_out_date, retentionMonths),
    created_via: 'system',
    created_at: at,
    created_by: null,
    modified_via: 'system',
    modified_at: at,
    modified_by: null,
  });
}

function externalStatusOf({ status, needs_review }: Pick<SaidStay, 'status' | 'needs_review'>): string {
  if (status === 'pending') return TENTATIVE_STATUS;
  return needs_review ? NEEDS_REVIEW : '';
}

function instantsOf({ check_in, check_out }: Dates, property: Property, companyZone: string, hours?: Hours) {
  const zone = zoneOf(property, companyZone);
  const { arrival = property.check_in_time, departure = property.check_out_time } = hours ?? {};
  return {
    check_in_date: toUtcIso(instantOf(check_in, arrival, zone)),
    check_out_date: toUtcIso(instantOf(check_out, departure, zone)),
  };
}

interface Hours {
  readonly arrival?: string;
  readonly departure?: string;
}

/**
 * A booking that follows its feed: dates that moved, a stay that came back or was confirmed. What a person has typed
 * stays, the hours too; so does a cancellation of theirs.
 */
export function followed(
  place: SyncPlace,
  property: Property,
  seen: Booking,
  [kept, wanted]: readonly [KeptStay, KeptStay],
  now: Date,
): Booking {
  const zone = zoneOf(property, place.companyZone);
  const hours = {
    arrival: localDateTime(new Date(seen.check_in_date), zone).time,
    departure: localDateTime(new Date(seen.check_out_date), zone).time,
  };
  const hasMoved = kept.check_in !== wanted.check_in || kept.check_out !== wanted.check_out;
  const dates = hasMoved ? instantsOf(wanted, property, place.companyZone, hours) : {};
  const isBack = kept.status === 'cancelled' && seen.status === 'cancelled';
  const isTold = kept.status !== wanted.status || kept.needs_review !== wanted.needs_review;
  const booking = {
    ...seen,
    ...dates,
    ...(isBack && { status: 'confirmed' as const }),
    ...(isTold && { external_status: externalStatusOf(wanted) }),
    guest_name: seen.guest_name || (wanted.guest_name ?? ''),
  };
  const expires_at = expiryOf(booking.check_out_date, place.retentionMonths);
  return { ...booking, expires_at, ...changedBySystem(now) };
}

/** A booking whose stay the channel has cancelled. It keeps its data, and comes back with its event. */
export function cancelled(seen: Booking, now: Date): Booking {
  return { ...seen, status: 'cancelled', external_status: 'cancelled', ...changedBySystem(now) };
}

function changedBySystem(now: Date) {
  return { modified_via: 'system' as const, modified_at: toUtcIso(now), modified_by: null };
}
