import * as z from 'zod';
import { BOOKING_STATUSES, type BookingStatus } from '../../shared/domain/booking/booking.ts';
import { sourceSlug } from '../../shared/domain/booking/booking-source.ts';
import { choiceField, filter, idParam, integerField, textField } from '../../shared/platform/http/aristay-fields.ts';
import { listQuery } from '../../shared/platform/http/numbered-list.ts';
import { timestampField } from '../../shared/platform/http/timestamp-field.ts';

export const bookingParams = z.object({ id: idParam });

/** One status, or several with commas between. */
const statusList = z.string().transform((text, context) => {
  const known = new Set<string>(BOOKING_STATUSES);
  const asked = text.split(',').flatMap((part) => part.trim().toLowerCase() || []);
  const wrong = asked.find((status) => !known.has(status));
  if (wrong === undefined) return asked as BookingStatus[];
  context.addIssue({ code: 'custom', message: `"${wrong}" is not a valid choice.` });
  return z.NEVER;
});

/** What orders a list of bookings. */
export const BOOKING_ORDER = ['check_in_date', 'check_out_date', 'status', 'created_at', 'id'] as const;
export type BookingOrder = (typeof BOOKING_ORDER)[number];

/** `GET /api/bookings/` (S17). */
export const bookingsQuery = listQuery(
  {
    property: filter(integerField({ min: 1 })),
    status: filter(statusList),
    check_in_date: filter(timestampField()),
    check_in_date__gte: filter(timestampField()),
    check_in_date__lte: filter(timestampField()),
    check_out_date: filter(timestampField()),
    check_out_date__gte: filter(timestampField()),
    check_out_date__lte: filter(timestampField()),
    source: filter(z.string().transform(sourceSlug)),
    unit: filter(textField(20)),
    search: filter(textField(200)),
  },
  { allowed: BOOKING_ORDER, byDefault: '-check_in_date' },
);
export type BookingsQuery = z.output<typeof bookingsQuery>;

/** Decimal with up to eight digits before the point and two behind it, written as number or text. */
const money = z
  .preprocess((value) => (typeof value === 'number' ? String(value) : value), z.string().trim())
  .refine((text) => /^-?\d{1,8}(\.\d{1,2})?$/.test(text), { error: 'A valid number is required.' })
  .transform((text) => Number(text).toFixed(2));

const currency = z
  .string()
  .trim()
  .regex(/^[A-Za-z]{3}$/, { error: 'Enter a currency code of three letters, e.g. EUR.' })
  .transform((code) => code.toUpperCase());

/** A unit's number; a blank one is none. */
const unitNumber = z
  .preprocess((value) => (typeof value === 'number' ? String(value) : value), textField(20).nullable())
  .transform((text) => text || null);

const MOST_PEOPLE = 10_000;
const people = integerField({ min: 0, max: MOST_PEOPLE });

const required = {
  property: integerField({ min: 1 }),
  check_in_date: timestampField(),
  check_out_date: timestampField(),
};

const optional = z
  .object({
    unit: unitNumber,
    guest_name: textField(200),
    guest_contact: textField(200),
    status: choiceField(BOOKING_STATUSES),
    external_code: textField(100),
    external_status: textField(100),
    source: textField(50).transform(sourceSlug),
    listing_name: textField(200),
    earnings_amount: money.nullable(),
    earnings_currency: currency,
    booked_on: timestampField().nullable(),
    adults: people,
    children: people,
    infants: people,
    same_day_note: textField(1_000),
  })
  .partial().shape;

/** `POST /api/bookings/` (C42). */
export const creationBody = z.object({ ...required, ...optional });
export type CreationBody = z.output<typeof creationBody>;

/** `PATCH /api/bookings/{id}/` (C44). */
export const changeBody = z.object({ ...z.object(required).partial().shape, ...optional });
export type ChangeBody = z.output<typeof changeBody>;
