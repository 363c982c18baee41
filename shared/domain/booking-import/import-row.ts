import * as z from 'zod';
import { localDateTime } from '../../platform/calendar/time-zone.ts';
import { type Booking, createBooking } from '../booking/booking.ts';
import { statusOfText } from './normalise.ts';

const instant = z.iso.datetime();

/** One row of the file that can be imported, read and normalised (`aristay.md` §6.4, §6.5). */
export const importRow = z.object({
  /** Of the sheet, from 1, which is the header. */
  row_number: z.int().positive(),
  property_id: z.int().positive(),
  property_label_raw: z.string(),
  unit_id: z.int().positive().nullable(),
  check_in_date: instant,
  check_out_date: instant,
  check_in_hour_known: z.boolean(),
  check_out_hour_known: z.boolean(),
  guest_name: z.string(),
  guest_contact: z.string(),
  /** The channel's, or one that we made up. */
  external_code: z.string(),
  /** Whether the code is the channel's. */
  own_code: z.boolean(),
  external_status: z.string(),
  source: z.string(),
  listing_name: z.string(),
  earnings_amount: z.string().nullable(),
  booked_on: instant.nullable(),
  adults: z.int().nonnegative(),
  children: z.int().nonnegative(),
  infants: z.int().nonnegative(),
  same_day_note: z.string(),
  raw_row: z.record(z.string(), z.string()),
  expires_at: z.int(),
});
export type ImportRow = z.infer<typeof importRow>;

/** Who imports what, when. */
export interface ImportOrigin {
  readonly importId: string;
  /** UUID of the person. */
  readonly by: string;
  /** UTC, whole seconds. */
  readonly at: string;
}

/** The booking that a row makes. */
export function bookingOfRow(row: ImportRow, id: number, { importId, by, at }: ImportOrigin): Booking {
  const { row_number, own_code, ...facts } = row;
  return createBooking({
    ...facts,
    id,
    status: statusOfText(row.external_status),
    same_day_flag: row.same_day_note !== '',
    import_id: importId,
    last_import_update: at,
    last_import_id: importId,
    created_via: 'excel_import',
    created_at: at,
    created_by: by,
    modified_via: 'excel_import',
    modified_at: at,
    modified_by: by,
  });
}

/** The days at the property on which guests come and go. */
export function localDays(
  { check_in_date, check_out_date }: Pick<Booking, 'check_in_date' | 'check_out_date'>,
  zone: string,
): { readonly arrival: string; readonly departure: string } {
  return {
    arrival: localDateTime(new Date(check_in_date), zone).date,
    departure: localDateTime(new Date(check_out_date), zone).date,
  };
}

/** Something to say of a row: why it is not imported, or what was made of it. */
export const finding = z.object({ row_number: z.int(), field: z.string(), message: z.string() });
export type Finding = z.infer<typeof finding>;
