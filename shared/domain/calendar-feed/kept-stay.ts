import * as z from 'zod';
import { type DataKey, open, seal } from '../../platform/crypto/sealed.ts';

/**
 * What became of a stay of a feed. `booked`: it is the booking `booking_id`. `covered`: the booking `met_booking`, of
 * another origin, has exactly these nights. `conflict`: `met_booking` has some of them.
 */
export const STAY_OUTCOMES = ['booked', 'covered', 'conflict'] as const;

/** What names or reaches the guest: rests sealed (ruling 8). */
const keptGuest = z.object({
  uid: z.string(),
  code: z.string().nullable(),
  guest_name: z.string().nullable(),
  phone_last4: z.string().nullable(),
  reservation_url: z.string().nullable(),
});

const keptRow = z.object({
  id: z.string(),
  feed_id: z.string(),
  check_in: z.string(),
  check_out: z.string(),
  status: z.enum(['confirmed', 'pending', 'cancelled']),
  needs_review: z.boolean(),
  outcome: z.enum(STAY_OUTCOMES),
  booking_id: z.int().positive().nullable(),
  /** The booking that keeps it, or the dates that it moved to, from being booked. */
  met_booking: z.int().positive().nullable(),
  /** Since when a good reading lacks it. */
  missing_since: z.string().nullable(),
  /** Good readings in a row that lack it. */
  missed: z.int().nonnegative(),
  /** It vanished on the day of its check-in: a person has to ask the guest. */
  may_be_cancelled: z.boolean(),
  /** Epoch seconds. */
  expires_at: z.int(),
  /** Raised by every change. */
  version: z.int().positive(),
});

/** A stay as a feed last told of it, and what became of it: what the next reading is compared with. */
export type KeptStay = z.infer<typeof keptRow> & z.infer<typeof keptGuest>;

const storedStay = keptRow.extend({ sealed: z.string() });
export type StoredStay = z.infer<typeof storedStay>;

/** @param key the company's data key of purpose `guest-data` */
export function sealStay(key: DataKey, stay: KeptStay): StoredStay {
  return { ...keptRow.parse(stay), sealed: seal(key, placeOf(stay.id), JSON.stringify(keptGuest.parse(stay))) };
}

/** @param key the company's data key of purpose `guest-data` */
export function openStay(key: DataKey, row: unknown): KeptStay {
  const { sealed, ...stay } = storedStay.parse(row);
  return { ...stay, ...keptGuest.parse(JSON.parse(open(key, placeOf(stay.id), sealed))) };
}

function placeOf(id: string): string {
  return `calendar-stay/${id}`;
}
