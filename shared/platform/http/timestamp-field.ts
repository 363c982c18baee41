import * as z from 'zod';
import { isValidZone } from '../calendar/time-zone.ts';
import { readTimestamp } from '../calendar/timestamp.ts';

const WRONG = 'Enter a date and time as ISO 8601, e.g. 2025-09-12T08:00:00Z.';

/** An ISO 8601 timestamp, as it was meant: without an offset it waits for the caller's zone (`aristay.md` §1.3). */
export function timestampField() {
  return z.string().transform((text, context) => {
    const read = readTimestamp(text);
    if (read !== undefined) return read;
    context.addIssue({ code: 'custom', message: WRONG });
    return z.NEVER;
  });
}

/** `HH:MM`, 00:00 to 23:59. */
export const timeOfDayField = z
  .string()
  .trim()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'Enter a time as HH:MM, 00:00 to 23:59.' });

/** A zone of the IANA database. */
export const zoneField = z
  .string()
  .trim()
  .refine(isValidZone, { error: 'Enter a time zone of the IANA database, e.g. Europe/Madrid.' });
