import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';
import { type DataKey, open, seal } from '../../platform/crypto/sealed.ts';

const TOKEN_BYTES = 32;

/** An address under which others read the calendar of a dwelling. */
export const calendarLink = z.object({
  /** `lnk_` and a ULID. */
  id: z.string(),
  /** For whom it is, e.g. `Airbnb`: each channel its own, so that one can be taken back alone. */
  name: z.string(),
  property_id: z.int().positive(),
  /** Null for a property without units. */
  unit_id: z.int().positive().nullable(),
  /** Of the token; what stands in the platform's list. */
  digest: z.string(),
  /** The token under the company's key of purpose `integrations`, so that its owner can look it up again. */
  sealed: z.string(),
  created_at: z.string(),
  created_by: z.string().nullable(),
  /** When the address was last made anew. */
  rotated_at: z.string().nullable(),
});
export type CalendarLink = z.infer<typeof calendarLink>;

/** What nobody guesses: 256 random bits. */
export function newCalendarToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** What of a token may rest in clear: whoever reads the table cannot read calendars with it. */
export function digestOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** @param key the company's data key of purpose `integrations` */
export function sealToken(key: DataKey, id: string, token: string): string {
  return seal(key, `calendar-link/${id}`, token);
}

/** @param key the company's data key of purpose `integrations` */
export function openToken(key: DataKey, { id, sealed }: Pick<CalendarLink, 'id' | 'sealed'>): string {
  return open(key, `calendar-link/${id}`, sealed);
}
