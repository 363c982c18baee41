import type { Booking } from '../../../shared/domain/booking/booking.ts';
import { expiryOf } from '../../../shared/domain/booking/retention.ts';
import type { Company } from '../../../shared/domain/company/company.ts';
import { type Property, unitNumbered } from '../../../shared/domain/property/property.ts';
import { instantIn, type Timestamp } from '../../../shared/platform/calendar/timestamp.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { ChangeBody } from '../schemas.ts';
import { invalidField } from './booking-deps.ts';

type Given<K extends keyof Booking> = Partial<Pick<Booking, K>>;

/** Every timestamp of a body. */
export function timestampsOf(body: ChangeBody): readonly (Timestamp | null | undefined)[] {
  return [body.check_in_date, body.check_out_date, body.booked_on];
}

/**
 * When guests come and go, as far as the body says; an hour that was not given is not known (ruling 7).
 * @param zone the caller's
 */
export function readDates(
  { check_in_date, check_out_date }: Pick<ChangeBody, 'check_in_date' | 'check_out_date'>,
  zone: string,
): Given<'check_in_date' | 'check_out_date' | 'check_in_hour_known' | 'check_out_hour_known'> {
  const read = (timestamp: Timestamp) => toUtcIso(instantIn(timestamp, zone));
  return {
    ...(check_in_date && { check_in_date: read(check_in_date), check_in_hour_known: check_in_date.kind !== 'date' }),
    ...(check_out_date && {
      check_out_date: read(check_out_date),
      check_out_hour_known: check_out_date.kind !== 'date',
    }),
  };
}

/** @throws AppError `invalid` unless the guests come before they go */
export function checkOrder({ check_in_date, check_out_date }: Pick<Booking, 'check_in_date' | 'check_out_date'>): void {
  if (check_in_date >= check_out_date) {
    throw invalidField('non_field_errors', 'check_in_date must be before check_out_date.');
  }
}

/**
 * When a booking goes for good (ruling 8).
 * @throws AppError `invalid` for guests who left longer ago than the company keeps bookings
 */
export function readExpiry(checkOut: string, { retencion_meses }: Company, now: Date): number {
  const expiry = expiryOf(checkOut, retencion_meses);
  if (expiry * 1000 > now.getTime()) return expiry;
  throw invalidField('check_out_date', `Bookings are kept for ${retencion_meses} months after check-out.`);
}

/** The unit of a number; null for none. @throws AppError `invalid` for a number that the property has not */
export function readUnit(property: Property, number: string | null | undefined): number | null {
  if (number === null || number === undefined) return null;
  const unit = unitNumbered(property, number);
  if (unit === undefined) throw invalidField('unit', `The property has no unit "${number}".`);
  return unit.id;
}

/** The fields of the body that need neither property nor dates to be understood. @param zone the caller's */
export function readPlainFields(body: ChangeBody, zone: string): Partial<Booking> {
  const { property, unit, check_in_date, check_out_date, booked_on, same_day_note, ...plain } = body;
  return {
    ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)),
    ...(booked_on !== undefined && { booked_on: booked_on && toUtcIso(instantIn(booked_on, zone)) }),
    ...(same_day_note !== undefined && { same_day_note, same_day_flag: same_day_note !== '' }),
  };
}
