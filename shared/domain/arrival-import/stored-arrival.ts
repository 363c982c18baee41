import * as z from 'zod';
import { type DataKey, open, seal } from '../../platform/crypto/sealed.ts';
import { type Reservation, reservationSchema } from '../reservation/reservation.ts';

/** What names or reaches a guest: rests encrypted only (ruling 8). */
const GUEST_FIELDS = ['guest_name', 'guest_first_name', 'guest_last_name', 'phone', 'email', 'notes'] as const;
type GuestField = (typeof GUEST_FIELDS)[number];

const guestPart = z.object(reservationSchema.unwrap().pick(mask(GUEST_FIELDS)).shape);
const openPart = reservationSchema.unwrap().omit(mask(GUEST_FIELDS));

function mask<const F extends readonly string[]>(fields: F) {
  return Object.fromEntries(fields.map((field) => [field, true])) as { [K in F[number]]: true };
}

/** An arrival of a drop as it rests in the table. */
export const storedArrival = z.object({
  sk: z.string(),
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

function placeOf(reservationId: string): string {
  return `arrival/${reservationId}`;
}

/** Parts the guest from the rest and seals it. */
export function sealArrival(key: DataKey, reservation: Reservation): Pick<StoredArrival, 'reservation' | 'sealed'> {
  const guest = Object.fromEntries(GUEST_FIELDS.map((field) => [field, reservation[field]]));
  const place = placeOf(reservation.id_externo);
  return { reservation: openPart.parse(reservation), sealed: seal(key, place, JSON.stringify(guest)) };
}

/** The reservation with its guest. @throws Error when the row was not sealed with this key */
export function openArrival(key: DataKey, stored: StoredArrival): Reservation {
  const guest = guestPart.parse(JSON.parse(open(key, placeOf(stored.reservation.id_externo), stored.sealed)));
  return { ...stored.reservation, ...guest };
}

/** The reservation with an unknown guest: enough to tell who comes late, without asking for a key. */
export function withoutGuest(stored: StoredArrival): Reservation {
  const unknown = Object.fromEntries(GUEST_FIELDS.map((field) => [field, null])) as Record<GuestField, null>;
  return { ...stored.reservation, ...unknown };
}
