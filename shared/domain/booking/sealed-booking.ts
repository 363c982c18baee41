import { fingerprint } from '../../platform/crypto/fingerprint.ts';
import { type DataKey, open, seal } from '../../platform/crypto/sealed.ts';
import { type Booking, bookingContent, type StoredBooking, storedBooking } from './booking.ts';

function placeOf(id: number): string {
  return `booking/${id}`;
}

/** Parts what lists look at from the rest and seals that. */
export function sealBooking(key: DataKey, booking: Booking): StoredBooking {
  const sealed = seal(key, placeOf(booking.id), JSON.stringify(bookingContent.parse(booking)));
  return storedBooking.parse({ ...booking, sealed });
}

/** The whole booking. @throws Error when the row was not sealed with this key */
export function openBooking(key: DataKey, { sealed, ...rest }: StoredBooking): Booking {
  return { ...rest, ...bookingContent.parse(JSON.parse(open(key, placeOf(rest.id), sealed))) };
}

/**
 * What the uniqueness of source and code compares, letter case apart (`aristay.md` §3.4): a fingerprint, because a
 * code may be derived from the guest. Undefined for a booking without a code, which is like no other.
 */
export function codeOf(key: DataKey, booking: Pick<Booking, 'source' | 'external_code'>): string | undefined {
  const [source, code] = [booking.source.trim().toLowerCase(), booking.external_code.trim().toLowerCase()];
  return code === '' ? undefined : fingerprint(key, `booking-code\n${source}\n${code}`);
}
