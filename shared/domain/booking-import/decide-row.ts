import { type Booking, isActive, isDirect } from '../booking/booking.ts';
import { type BookingWorld, comparedGuest, type KnownBooking } from './booking-world.ts';
import { type ImportRow, localDays } from './import-row.ts';

/** What differs between a row and the booking that it is (`aristay.md` §6.7). */
export const CHANGE_TYPES = [
  'date_change',
  'guest_change',
  'status_change',
  'property_change',
  'date_overlap',
] as const;
export type ChangeType = (typeof CHANGE_TYPES)[number];

/** How a row and a booking came to meet (`aristay.md` §6.8). */
export const CONFLICT_TYPES = ['duplicate_booking', 'date_overlap', 'property_change'] as const;
export type ConflictType = (typeof CONFLICT_TYPES)[number];

/** What becomes of a row. */
export type RowDecision =
  | { readonly kind: 'create' }
  /** The channel says another status, and nothing else differs. */
  | { readonly kind: 'update'; readonly existing: KnownBooking }
  | ({ readonly kind: 'conflict' } & MetBooking);

/** A booking that a row met, with what that means. */
export interface MetBooking {
  readonly type: ConflictType;
  readonly types: readonly ChangeType[];
  readonly existing: KnownBooking;
  /** False for a row that says what is known already. */
  readonly requiresReview: boolean;
}

/**
 * Matches a row with the bookings that there are (`aristay.md` §6.6, §6.7): the first step that hits decides.
 * @param booking what the row would make
 */
export function decideRow(world: BookingWorld, row: ImportRow, booking: Booking): RowDecision {
  const coded = world.withCode(booking);
  const elsewhere = coded.find((known) => known.booking.property_id !== booking.property_id);
  const here = coded.find((known) => known.booking.property_id === booking.property_id);
  if (row.own_code && booking.source !== '' && elsewhere !== undefined) {
    const types = [...differences(world, booking, elsewhere)];
    return { kind: 'conflict', type: 'property_change', types, existing: elsewhere, requiresReview: true };
  }
  const days = localDays(booking, world.zone(booking.property_id));
  const ofGuest = world.ofGuest(booking);
  const same = here ?? ofGuest.find((known) => known.arrival === days.arrival && known.departure === days.departure);
  if (same !== undefined) return compare(world, booking, same);
  const met = ofGuest.find(({ booking: other }) => staysMeet(booking, other)) ?? world.meeting(booking);
  return met === undefined ? { kind: 'create' } : overlap(world, booking, met);
}

function compare(world: BookingWorld, booking: Booking, existing: KnownBooking): RowDecision {
  const types = differences(world, booking, existing);
  const duplicate = { kind: 'conflict', type: 'duplicate_booking', types, existing } as const;
  if (types.length === 0) return { ...duplicate, requiresReview: false };
  const statusOnly = types.every((type) => type === 'status_change');
  if (!statusOnly || isDirect(booking) || isDirect(existing.booking)) return { ...duplicate, requiresReview: true };
  // A stay that was off and is on again needs its nights.
  const revived = { ...existing.booking, status: booking.status };
  const met = isActive(existing.booking) ? undefined : world.meeting(revived);
  return met === undefined ? { kind: 'update', existing } : overlap(world, revived, met);
}

function overlap(world: BookingWorld, booking: Booking, existing: KnownBooking): RowDecision {
  const types = [...differences(world, booking, existing), 'date_overlap'] as const;
  return { kind: 'conflict', type: 'date_overlap', types, existing, requiresReview: true };
}

/** Half-open: who arrives in the minute another leaves does not meet them. */
export function staysMeet(a: Booking, b: Booking): boolean {
  return a.check_in_date < b.check_out_date && b.check_in_date < a.check_out_date;
}

function differences(world: BookingWorld, booking: Booking, { booking: other, ...known }: KnownBooking): ChangeType[] {
  const days = localDays(booking, world.zone(booking.property_id));
  const status = (text: string) => text.trim().toLowerCase();
  return [
    ...(days.arrival !== known.arrival || days.departure !== known.departure ? (['date_change'] as const) : []),
    ...(comparedGuest(booking.guest_name) !== comparedGuest(other.guest_name) ? (['guest_change'] as const) : []),
    ...(status(booking.external_status) !== status(other.external_status) ? (['status_change'] as const) : []),
    ...(booking.property_id !== other.property_id ? (['property_change'] as const) : []),
  ];
}
