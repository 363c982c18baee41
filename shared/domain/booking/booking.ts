import * as z from 'zod';

/** Statuses of a booking (`aristay.md` §3.4). */
export const BOOKING_STATUSES = [
  'booked',
  'confirmed',
  'currently_hosting',
  'owner_staying',
  'cancelled',
  'completed',
] as const;
export type BookingStatus = (typeof BOOKING_STATUSES)[number];

/** How a booking was made, or last changed. */
export const BOOKING_WAYS = ['manual', 'excel_import', 'api', 'system'] as const;

const instant = z.iso.datetime();
const longText = z.string().max(200);

/** What names or reaches a guest, or is derived from that: rests under the tenant's key alone (ruling 8). */
const guestFields = {
  guest_name: longText,
  guest_contact: longText,
  /** The channel's code, `""` when unknown; codes that we make up are derived from the guest's name. */
  external_code: z.string().max(100),
  same_day_note: z.string(),
  /** The property's label in the file that it came from. */
  property_label_raw: longText,
  /** The row of the file that it came from, for audit. */
  raw_row: z.record(z.string(), z.unknown()).nullable(),
};

/** What rules, lists and counts look at; no guest in it. */
const outlineFields = {
  id: z.int().positive(),
  property_id: z.int().positive(),
  /** Null for the whole property, or not assigned yet. */
  unit_id: z.int().positive().nullable(),
  /** UTC, whole seconds: `2025-10-01T19:00:00Z`. Texts of this form sort as the instants do. */
  check_in_date: instant,
  check_out_date: instant,
  status: z.enum(BOOKING_STATUSES),
  /** Slug of the channel, `""` when unknown. */
  source: z.string().max(50),
  created_at: instant,
  /** Epoch seconds: the tenant's retention after check-out, when the row goes for good (ruling 8). */
  expires_at: z.int(),
};

/** The part of a booking that a list filters, orders and counts. */
export const bookingOutline = z.object(outlineFields);
export type BookingOutline = z.infer<typeof bookingOutline>;

/** A booking as it rests: what lists look at, and all else in `sealed`. */
export const storedBooking = z.object({
  ...outlineFields,
  deleted_at: instant.nullable(),
  /** Raised by every change: a change holds only for the booking as it was read. */
  version: z.int().positive(),
  /** A {@link bookingContent}, under the tenant's key. */
  sealed: z.string(),
});
export type StoredBooking = z.infer<typeof storedBooking>;

/** The fields that tell of the guest. */
export const bookingGuest = z.object(guestFields);

/** What is sealed: the guest, and what no list looks at, so that a row stays small. */
export const bookingContent = bookingGuest.extend({
  /** False when the hour was filled in by default: such an hour is no arrival time (ruling 7). */
  check_in_hour_known: z.boolean(),
  check_out_hour_known: z.boolean(),
  external_status: z.string().max(100),
  listing_name: longText,
  /** Decimal with two places, e.g. `150.00`. */
  earnings_amount: z.string().nullable(),
  earnings_currency: z.string().length(3),
  booked_on: instant.nullable(),
  adults: z.int().nonnegative(),
  children: z.int().nonnegative(),
  infants: z.int().nonnegative(),
  same_day_flag: z.boolean(),
  /** The import that made it, null for any other way. */
  import_id: z.string().nullable(),
  last_import_update: instant.nullable(),
  /** The import that changed it last. */
  last_import_id: z.string().nullable().default(null),
  created_via: z.enum(BOOKING_WAYS),
  modified_via: z.enum(BOOKING_WAYS),
  created_by: z.string().nullable(),
  modified_at: instant,
  modified_by: z.string().nullable(),
  deleted_by: z.string().nullable(),
  deletion_reason: z.string().max(200).nullable(),
});

/** A booking with its guest (`aristay.md` §3.4). */
export type Booking = Omit<StoredBooking, 'sealed'> & z.infer<typeof bookingContent>;

const DEFAULTS = {
  unit_id: null,
  status: 'booked',
  source: '',
  check_in_hour_known: true,
  check_out_hour_known: true,
  external_status: '',
  listing_name: '',
  earnings_amount: null,
  earnings_currency: 'USD',
  booked_on: null,
  adults: 1,
  children: 0,
  infants: 0,
  same_day_flag: false,
  import_id: null,
  last_import_update: null,
  last_import_id: null,
  deleted_at: null,
  deleted_by: null,
  deletion_reason: null,
  version: 1,
  guest_name: '',
  guest_contact: '',
  external_code: '',
  same_day_note: '',
  property_label_raw: '',
  raw_row: null,
} as const satisfies Partial<Booking>;

/** What a booking must be told; the rest has a default (`aristay.md` §3.4). */
export type BookingFacts = Omit<Booking, keyof typeof DEFAULTS> & Partial<Booking>;

/** A booking from what is known of it. */
export function createBooking(facts: BookingFacts): Booking {
  return { ...DEFAULTS, ...facts };
}

/** Whether a booking takes its nights: one that was cancelled or is over does not (`aristay.md` §3.4). */
export function isActive({ status }: Pick<Booking, 'status'>): boolean {
  return status !== 'cancelled' && status !== 'completed';
}

/** `external_status` of a stay that a calendar feed tells of as asked for and not yet confirmed. */
export const TENTATIVE_STATUS = 'tentative';

/** A direct booking was made with the owner; every other source, blank too, is a platform (`aristay.md` §6.5). */
export function isDirect({ source }: Pick<Booking, 'source'>): boolean {
  return source === 'direct' || source === 'owner' || source === 'owner_staying';
}
