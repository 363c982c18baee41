import * as z from 'zod';
import { fingerprint } from '../../platform/crypto/fingerprint.ts';
import { type DataKey, open, seal } from '../../platform/crypto/sealed.ts';
import { type Reservation, reservationSchema } from '../reservation/reservation.ts';

/** What names or reaches a guest, or is derived from that: rests encrypted only (ruling 8). */
const GUEST_FIELDS = [
  'id_externo',
  'guest_name',
  'guest_first_name',
  'guest_last_name',
  'phone',
  'email',
  'notes',
] as const;

const wholeReservation = reservationSchema.unwrap();
const guestPart = wholeReservation.pick(mask(GUEST_FIELDS));
const openPart = wholeReservation.omit(mask(GUEST_FIELDS));

function mask<const F extends readonly string[]>(fields: F) {
  return Object.fromEntries(fields.map((field) => [field, true])) as { [K in F[number]]: true };
}

/** An arrival of a drop as it rests in the table. */
export const storedArrival = z.object({
  sk: z.string(),
  /** Names the stay within its day: a fingerprint of the source's own id. */
  fingerprint: z.string(),
  /** All of the reservation but the guest. */
  reservation: openPart,
  /** The guest, under the tenant's key. */
  sealed: z.string(),
  /** Which object it came from, and which version of it. */
  source_key: z.string(),
  version: z.string(),
  /** Epoch seconds: 72 hours after the check-in day. */
  expires_at: z.int(),
});
export type StoredArrival = z.infer<typeof storedArrival>;

function placeOf(name: string): string {
  return `arrival/${name}`;
}

/** Parts the guest from the rest and seals it. */
export function sealArrival(
  key: DataKey,
  reservation: Reservation,
): Pick<StoredArrival, 'fingerprint' | 'reservation' | 'sealed'> {
  const name = fingerprint(key, reservation.id_externo);
  const sealed = seal(key, placeOf(name), JSON.stringify(guestPart.parse(reservation)));
  return { fingerprint: name, reservation: openPart.parse(reservation), sealed };
}

/** The reservation with its guest. @throws Error when the row was not sealed with this key */
export function openArrival(key: DataKey, stored: StoredArrival): Reservation {
  const guest = guestPart.parse(JSON.parse(open(key, placeOf(stored.fingerprint), stored.sealed)));
  return { ...stored.reservation, ...guest };
}
