import type { Key } from '../../platform/dynamo/table.ts';
import { tenantPartition } from '../../platform/tenant/tenant-partition.ts';
import { sortableId } from '../property/property.keys.ts';

/** After every digit and letter of a sort key: closes a range whose last segment is left out. */
const LAST = '~';

/** The bookings of a company: `T#<empresa_id>#BOOKING`. */
export function bookingPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'BOOKING');
}

/** Where a booking lies in its partition. */
export interface BookingPlace {
  readonly property_id: number;
  /** UTC, whole seconds. */
  readonly check_in_date: string;
  readonly id: number;
}

/**
 * One booking: `T#<empresa_id>#BOOKING` / `<property id>#<check-in>#<booking id>`. It lies where its property and date
 * put it, so that the calendar of a property is one range of the table, read as it stands this instant.
 */
export function bookingKey(empresaId: string, { property_id, check_in_date, id }: BookingPlace): Key {
  const sk = [sortableId(property_id), check_in_date, sortableId(id)].join('#');
  return { pk: bookingPartition(empresaId), sk };
}

/** The bookings of a property that check in between two instants, both included; open ends are all there is. */
export function checkInRange(propertyId: number, from?: string, to?: string): { from: string; to: string } {
  const property = sortableId(propertyId);
  return { from: `${property}#${from ?? ''}`, to: `${property}#${to ?? ''}${LAST}` };
}

/** Bookings by id: `T#<empresa_id>#BOOKING_ID`. */
export function bookingIdPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'BOOKING_ID');
}

/** What a booking is without its guest, found by its id alone: `T#<empresa_id>#BOOKING_ID` / `BOOKING#<booking id>`. */
export function bookingIdKey(empresaId: string, id: number): Key {
  return { pk: bookingIdPartition(empresaId), sk: `BOOKING#${sortableId(id)}` };
}

/** Bookings with one code of one source: `T#<empresa_id>#BOOKING_CODE`. */
export function bookingCodePartition(empresaId: string): string {
  return tenantPartition(empresaId, 'BOOKING_CODE');
}

/** Prefix of every property's holder of a code. */
export function bookingCodePrefix(code: string): string {
  return `CODE#${code}#`;
}

/** The code that a holder's sort key names. */
export function bookingCodeIn(sk: string): string | undefined {
  return sk.split('#')[1];
}

/** Holder of a code on a property: `T#<empresa_id>#BOOKING_CODE` / `CODE#<fingerprint>#<property id>`. */
export function bookingCodeKey(empresaId: string, code: string, propertyId: number): Key {
  return { pk: bookingCodePartition(empresaId), sk: `${bookingCodePrefix(code)}${sortableId(propertyId)}` };
}

/** A company's bookings by check-in on gsi1: `T#<empresa_id>#BOOKING`. */
export function checkInIndexPartition(empresaId: string): string {
  return tenantPartition(empresaId, 'BOOKING');
}

/** Index entry of a live booking: `T#<empresa_id>#BOOKING` / `<check-in>#<booking id>`. */
export function checkInIndexKey(
  empresaId: string,
  { check_in_date, id }: BookingPlace,
): { gsi1pk: string; gsi1sk: string } {
  return { gsi1pk: checkInIndexPartition(empresaId), gsi1sk: `${check_in_date}#${sortableId(id)}` };
}
