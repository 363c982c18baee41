import type { DataKey } from '../../platform/crypto/sealed.ts';
import { ABSENT, type Condition, type Write } from '../../platform/dynamo/table.ts';
import type { NewEvent } from '../event/event-types.ts';
import { propertyKey } from '../property/property.keys.ts';
import type { Property } from '../property/property.ts';
import { bookingCodeKey, bookingIdKey, bookingKey, checkInIndexKey } from './booking.keys.ts';
import { type Booking, bookingOutline, isActive } from './booking.ts';
import { codeOf, sealBooking } from './sealed-booking.ts';

/** One change of one booking; deleting is an update that sets `deleted_at`. */
export type BookingChange =
  | { readonly kind: 'create'; readonly booking: Booking }
  | { readonly kind: 'update'; readonly seen: Booking; readonly booking: Booking };

/**
 * Why changes of bookings were refused. `calendar_changed`: a property or its calendar is not as it was read;
 * `changed`: the booking is not; `code_taken`: by another live booking of the property and source; `turnover_changed`:
 * what follows from the change has moved; `too_many`: with what follows they do not fit one transaction, fewer may.
 */
export type BookingRefusal = 'calendar_changed' | 'changed' | 'code_taken' | 'turnover_changed' | 'too_many';

/** What else a change of bookings brings about, in its transaction. */
export interface Following {
  readonly writes: readonly Write[];
  readonly events: readonly NewEvent[];
  /** How many tasks come into being. */
  readonly tasksMade: number;
}

/**
 * Tells what follows from changes of bookings. Asked for every attempt; what it writes holds only while all is as it
 * has read it.
 * @param properties those that the changes touch
 */
export type FollowBookings = (changes: readonly BookingChange[], properties: readonly Property[]) => Promise<Following>;

/** A write of a transaction with what it means when its condition does not hold, and for which change. */
export interface GuardedWrite {
  readonly write: Write;
  readonly refusal: BookingRefusal;
  readonly change?: BookingChange;
}

/** What is written for changes of bookings, with the properties as they stand afterwards. */
export interface PlannedWrites {
  readonly guarded: readonly GuardedWrite[];
  readonly properties: readonly Property[];
}

interface Context {
  readonly empresaId: string;
  readonly key: DataKey;
  /** Epoch seconds. */
  readonly now: number;
}

/**
 * The writes of some changes. Whatever touches the calendar of a property holds only while the property stands at the
 * version seen.
 * @param properties every property whose calendar a change touches, as it was read before the bookings were
 */
export function writesOf(
  context: Context,
  changes: readonly BookingChange[],
  properties: readonly Property[],
): PlannedWrites {
  const own = changes.flatMap((change) => changeWrites(context, change).map((guarded) => ({ ...guarded, change })));
  const locks: GuardedWrite[] = [];
  const after = properties.map((property) => {
    const stays = changes.flatMap((change) => staysOn(change, property.id));
    if (stays.length === 0) return property;
    const longest_stay_s = Math.max(property.longest_stay_s, ...stays.map(secondsOf));
    locks.push({ write: raisingVersion(context, property, longest_stay_s), refusal: 'calendar_changed' });
    return { ...property, version: property.version + 1, longest_stay_s };
  });
  return { guarded: [...own, ...locks], properties: after };
}

/**
 * How many rows a change writes with its turnover and what is told of that, beside two of each transaction, the
 * property's and the count of tasks: for filling transactions of a hundred. Whether all of it fits is known when it is
 * written (`too_many`).
 * @param templates that make a task of it
 */
export function rowsOf(change: BookingChange, templates = 0): number {
  return change.kind === 'create' ? 8 + 6 * templates : 16;
}

/** The booking before and after on this property's calendar, where the change means something to the calendar. */
function staysOn(change: BookingChange, propertyId: number): readonly Booking[] {
  const before = change.kind === 'update' ? change.seen : undefined;
  if (before !== undefined && sameStay(before, change.booking)) return [];
  return [before, change.booking]
    .filter((stay) => stay !== undefined)
    .filter((stay) => stay.property_id === propertyId);
}

/** Whether a calendar would notice no difference. */
export function sameStay(a: Booking, b: Booking): boolean {
  return (
    a.property_id === b.property_id &&
    a.unit_id === b.unit_id &&
    a.check_in_date === b.check_in_date &&
    a.check_out_date === b.check_out_date &&
    isActive(a) === isActive(b) &&
    a.deleted_at === b.deleted_at
  );
}

function secondsOf({ check_in_date, check_out_date }: Booking): number {
  return (Date.parse(check_out_date) - Date.parse(check_in_date)) / 1000;
}

function raisingVersion({ empresaId }: Context, seen: Property, longest: number): Write {
  return {
    kind: 'update',
    key: propertyKey(empresaId, seen.id),
    update: {
      expression: 'SET version = :next, longest_stay_s = :longest',
      values: { ':next': seen.version + 1, ':longest': longest },
    },
    condition: { expression: 'version = :seen', values: { ':seen': seen.version } },
  };
}

function changeWrites(context: Context, change: BookingChange): readonly GuardedWrite[] {
  const { booking } = change;
  if (change.kind === 'create') {
    return [
      puttingRow(context, booking, ABSENT),
      puttingId(context, booking),
      ...codeWrites(context, undefined, booking),
    ];
  }
  const { seen } = change;
  const unchanged = { expression: 'version = :seen', values: { ':seen': seen.version } };
  const next = { ...booking, version: seen.version + 1 };
  const [from, to] = [bookingKey(context.empresaId, seen), bookingKey(context.empresaId, next)];
  const row: readonly GuardedWrite[] =
    from.sk === to.sk
      ? [puttingRow(context, next, unchanged)]
      : [
          { write: { kind: 'delete', key: from, condition: unchanged }, refusal: 'changed' },
          puttingRow(context, next, ABSENT),
        ];
  return [...row, puttingId(context, next), ...codeWrites(context, seen, next)];
}

/** A deleted booking keeps its row until its time is over, and stands in no list. */
function puttingRow({ empresaId, key }: Context, booking: Booking, condition: Condition): GuardedWrite {
  const index = booking.deleted_at === null ? checkInIndexKey(empresaId, booking) : {};
  const item = { ...bookingKey(empresaId, booking), ...index, ...sealBooking(key, booking) };
  return { write: { kind: 'put', item, condition }, refusal: 'changed' };
}

function puttingId({ empresaId }: Context, booking: Booking): GuardedWrite {
  const key = bookingIdKey(empresaId, booking.id);
  if (booking.deleted_at !== null) return { write: { kind: 'delete', key }, refusal: 'changed' };
  return { write: { kind: 'put', item: { ...key, ...bookingOutline.parse(booking) } }, refusal: 'changed' };
}

interface HeldCode {
  readonly code: string;
  readonly propertyId: number;
}

function heldCode({ key }: Context, booking: Booking | undefined): HeldCode | undefined {
  if (booking === undefined || booking.deleted_at !== null) return undefined;
  const code = codeOf(key, booking);
  return code === undefined ? undefined : { code, propertyId: booking.property_id };
}

/** Takes the code that a booking has now and frees the one that it had; its holder lives as long as it. */
function codeWrites(context: Context, seen: Booking | undefined, booking: Booking): readonly GuardedWrite[] {
  const [before, after] = [heldCode(context, seen), heldCode(context, booking)];
  const keyOf = ({ code, propertyId }: HeldCode) => bookingCodeKey(context.empresaId, code, propertyId);
  const kept = before !== undefined && after !== undefined && keyOf(before).sk === keyOf(after).sk;
  const own = { expression: 'booking_id = :id', values: { ':id': booking.id } };
  // A holder whose booking is past its time holds nothing, though TTL deletes it later.
  const unheld = { expression: 'attribute_not_exists(pk) OR expires_at <= :now', values: { ':now': context.now } };
  const free = (held: HeldCode): Write => ({ kind: 'delete', key: keyOf(held), condition: own });
  const take = (held: HeldCode): Write => {
    const holder = { booking_id: booking.id, property_id: booking.property_id, expires_at: booking.expires_at };
    return { kind: 'put', item: { ...keyOf(held), ...holder }, condition: kept ? own : unheld };
  };
  return [
    ...(before !== undefined && !kept ? [{ write: free(before), refusal: 'changed' } as const] : []),
    ...(after !== undefined && (!kept || seen?.expires_at !== booking.expires_at)
      ? [{ write: take(after), refusal: 'code_taken' } as const]
      : []),
  ];
}
