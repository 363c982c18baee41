import * as z from 'zod';
import type { Booking } from '../booking/booking.ts';
import { type BookingWorld, comparedGuest, type KnownBooking } from './booking-world.ts';
import { CHANGE_TYPES, CONFLICT_TYPES, type MetBooking, staysMeet } from './decide-row.ts';
import { GUEST_CHANGES, guestChange, isLikelyEncodingIssue } from './guest-change.ts';
import { type ImportRow, importRow, localDays } from './import-row.ts';

const days = z.object({ check_in: z.string(), check_out: z.string() });

const changesSummary = z.object({
  dates: z.object({ current: days, excel: days }).optional(),
  guest: z
    .object({
      current: z.string(),
      excel: z.string(),
      change_type: z.enum(GUEST_CHANGES),
      likely_encoding_issue: z.boolean(),
    })
    .optional(),
  status: z.object({ current: z.string(), excel: z.string() }).optional(),
});

/** A row that met a booking, as the API shows it (`aristay.md` §6.8). */
export const importConflict = z.object({
  conflict_index: z.int().nonnegative(),
  row_number: z.int().positive(),
  conflict_type: z.enum(CONFLICT_TYPES),
  conflict_types: z.array(z.enum(CHANGE_TYPES)),
  requires_review: z.boolean(),
  resolution: z.enum(['skipped_identical', 'updated', 'created', 'skipped']).nullable(),
  confidence_score: z.number(),
  existing_booking: z.object({
    /** Null while the row of the same file that makes it has not been written. */
    id: z.int().nullable(),
    external_code: z.string(),
    guest_name: z.string(),
    property_name: z.string(),
    check_in_date: z.string(),
    check_out_date: z.string(),
    status: z.string(),
    external_status: z.string(),
    source: z.string(),
    /** The row of the same file that makes it. */
    existing_row_number: z.int().optional(),
  }),
  new_booking: z.object({
    external_code: z.string(),
    guest_name: z.string(),
    property_name: z.string(),
    check_in_date: z.string(),
    check_out_date: z.string(),
    external_status: z.string(),
    source: z.string(),
    unit: z.string().nullable(),
  }),
  changes_summary: changesSummary,
});
export type ImportConflict = z.infer<typeof importConflict>;

/** A conflict as it rests: with the number of the booking met, and the row for whoever resolves it. */
export const storedConflict = importConflict.extend({ row: importRow.nullable(), existing_id: z.int().positive() });
export type StoredConflict = z.infer<typeof storedConflict>;

/** @param index its position among the conflicts of the import */
export function conflictOf(
  world: BookingWorld,
  { row, booking }: { readonly row: ImportRow; readonly booking: Booking },
  met: MetBooking,
  index: number,
): StoredConflict {
  const { existing } = met;
  const known = existing.booking;
  const property = world.property(booking.property_id);
  return {
    conflict_index: index,
    row_number: row.row_number,
    conflict_type: met.type,
    conflict_types: [...met.types],
    requires_review: met.requiresReview,
    resolution: met.requiresReview ? null : 'skipped_identical',
    confidence_score: confidence(world, booking, existing),
    existing_booking: {
      id: existing.row === undefined ? known.id : null,
      external_code: known.external_code,
      guest_name: known.guest_name,
      property_name: world.property(known.property_id)?.name ?? '',
      check_in_date: known.check_in_date,
      check_out_date: known.check_out_date,
      status: known.status,
      external_status: known.external_status,
      source: known.source,
      ...(existing.row !== undefined && { existing_row_number: existing.row }),
    },
    new_booking: {
      external_code: booking.external_code,
      guest_name: booking.guest_name,
      property_name: property?.name ?? '',
      check_in_date: booking.check_in_date,
      check_out_date: booking.check_out_date,
      external_status: booking.external_status,
      source: booking.source,
      unit: property?.units.find(({ id }) => id === booking.unit_id)?.unit_number ?? null,
    },
    changes_summary: summary(world, booking, existing),
    row: met.requiresReview ? row : null,
    existing_id: known.id,
  };
}

/** How sure it is that both are one stay: code 0.4, guest 0.3, property 0.2, dates 0.1 or half of it. */
function confidence(
  world: BookingWorld,
  booking: Booking,
  { booking: known, arrival, departure }: KnownBooking,
): number {
  const local = localDays(booking, world.zone(booking.property_id));
  const sameCode = booking.external_code !== '' && compare(booking.external_code, known.external_code);
  const sameDates = local.arrival === arrival && local.departure === departure;
  const points = [
    sameCode ? 40 : 0,
    comparedGuest(booking.guest_name) === comparedGuest(known.guest_name) ? 30 : 0,
    booking.property_id === known.property_id ? 20 : 0,
    sameDates ? 10 : staysMeet(booking, known) ? 5 : 0,
  ];
  return points.reduce((sum, each) => sum + each, 0) / 100;
}

function compare(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** Both sides of every difference, the dates by the calendars of the properties. */
function summary(world: BookingWorld, booking: Booking, { booking: known, arrival, departure }: KnownBooking) {
  const local = localDays(booking, world.zone(booking.property_id));
  const change = guestChange(known.guest_name, booking.guest_name);
  return {
    ...((local.arrival !== arrival || local.departure !== departure) && {
      dates: {
        current: { check_in: arrival, check_out: departure },
        excel: { check_in: local.arrival, check_out: local.departure },
      },
    }),
    ...(comparedGuest(booking.guest_name) !== comparedGuest(known.guest_name) && {
      guest: {
        current: known.guest_name,
        excel: booking.guest_name,
        change_type: change,
        likely_encoding_issue: isLikelyEncodingIssue(change),
      },
    }),
    ...(!compare(booking.external_status, known.external_status) && {
      status: { current: known.external_status, excel: booking.external_status },
    }),
  };
}
