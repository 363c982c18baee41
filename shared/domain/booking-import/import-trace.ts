import * as z from 'zod';
import { type Booking, bookingContent, storedBooking } from '../booking/booking.ts';

/** A whole booking, as it stood. */
const wholeBooking = storedBooking.omit({ sealed: true }).extend(bookingContent.shape);

/** One booking as an import left it, and as it was. */
export const importedChange = z.object({
  booking_id: z.int().positive(),
  /** Of the booking as the import left it: with another one, somebody has changed it since. */
  modified_at: z.iso.datetime(),
  /** Null for a booking that the import made. */
  before: wholeBooking.nullable(),
});
export type ImportedChange = z.infer<typeof importedChange>;

/** What one transaction of an import wrote. */
export const importTrace = z.object({ number: z.int().nonnegative(), changes: z.array(importedChange) });
export type ImportTrace = z.infer<typeof importTrace>;

/** Whether a booking is as an import left it: not even another import of the same second has changed it since. */
export function isAsImported(booking: Booking, { modified_at }: ImportedChange, importId: string): boolean {
  const { modified_via, last_import_id } = booking;
  return modified_via === 'excel_import' && last_import_id === importId && booking.modified_at === modified_at;
}
