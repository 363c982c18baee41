import { toUtcIso } from '../../platform/clock/clock.ts';
import type { DataKey } from '../../platform/crypto/sealed.ts';
import type { Item, PartitionQuery } from '../../platform/dynamo/table.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import type { Property } from '../property/property.ts';
import {
  bookingCodeIn,
  bookingCodePartition,
  bookingCodePrefix,
  bookingIdKey,
  bookingIdPartition,
  bookingKey,
  bookingPartition,
  checkInIndexPartition,
  checkInRange,
} from './booking.keys.ts';
import { type Booking, type BookingOutline, bookingOutline, type StoredBooking, storedBooking } from './booking.ts';
import { codeOf, openBooking } from './sealed-booking.ts';

/** Times that a booking is looked for where it has just been moved to. */
const LOOKS = 20;

/** A period of instants, UTC, whole seconds; open where an end is absent. */
export interface Period {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What a repository of bookings is built from. */
export interface BookingContext {
  readonly scope: TenantScope;
  /** The tenant's data key of purpose `guest-data`. */
  readonly guestKey: () => Promise<DataKey>;
  /** Bookings whose time is over at this instant are as good as gone, though TTL deletes later. */
  readonly now: Date;
}

/** The live bookings of one company. */
export class BookingRepository {
  readonly #scope: TenantScope;
  readonly #guestKey: () => Promise<DataKey>;
  readonly #nowSeconds: number;

  constructor({ scope, guestKey, now }: BookingContext) {
    this.#scope = scope;
    this.#guestKey = guestKey;
    this.#nowSeconds = now.getTime() / 1000;
  }

  /**
   * Two round trips: a booking lies where its property and date put it, and its id alone does not say where. One that
   * moved between them is looked for again.
   * @throws AppError `unavailable` when it never stands still
   */
  async find(id: number): Promise<Booking | undefined> {
    for (let look = 0; look < LOOKS; look += 1) {
      const [outline] = await this.findOutlines([id]);
      if (outline === undefined) return undefined;
      const [stored] = await this.findStored([outline]);
      if (stored !== undefined) return openBooking(await this.#guestKey(), stored);
    }
    throw new AppError('unavailable', 'The booking is being changed by many at once. Try again.', { retryAfter: 1 });
  }

  /** What is known of bookings without their guests: up to 100 ids in one round trip, in no order. */
  async findOutlines(ids: readonly number[]): Promise<readonly BookingOutline[]> {
    if (ids.length === 0) return [];
    const keys = ids.map((id) => bookingIdKey(this.#scope.empresaId, id));
    const rows = await this.#scope.table.getMany(keys, { consistent: true });
    return rows.map((row) => bookingOutline.parse(row)).filter((outline) => this.#kept(outline));
  }

  /** Up to 100 bookings in one round trip, in the order of `outlines`; what moved or went meanwhile is left out. */
  async findStored(outlines: readonly BookingOutline[]): Promise<readonly StoredBooking[]> {
    if (outlines.length === 0) return [];
    const keys = outlines.map((outline) => bookingKey(this.#scope.empresaId, outline));
    const rows = await this.#scope.table.getMany(keys, { consistent: true });
    const found = new Map(rows.flatMap((row) => this.#readStored(row).map((stored) => [stored.id, stored])));
    return outlines.flatMap(({ id }) => found.get(id) ?? []);
  }

  /** The bookings of a property that check in within a period, by check-in. */
  async listCheckingIn(propertyId: number, { from, to }: Period = {}): Promise<readonly StoredBooking[]> {
    const pk = bookingPartition(this.#scope.empresaId);
    return this.#list({ pk, ...checkInRange(propertyId, from, to), consistent: true });
  }

  /** The bookings that take some of a property's time within a period, its ends apart; by check-in. */
  async listStaying(
    property: Pick<Property, 'id' | 'longest_stay_s'>,
    period: { readonly from: string; readonly to: string },
  ): Promise<readonly StoredBooking[]> {
    const earliest = new Date(Date.parse(period.from) - property.longest_stay_s * 1000);
    const checkingIn = await this.listCheckingIn(property.id, { from: toUtcIso(earliest), to: period.to });
    return checkingIn.filter((stay) => stay.check_in_date < period.to && stay.check_out_date > period.from);
  }

  /**
   * The company's bookings that check in within a period, by check-in. Answered by an index, which may be a moment
   * behind the table.
   */
  async listCompanyCheckingIn({ from, to }: Period): Promise<readonly StoredBooking[]> {
    const pk = checkInIndexPartition(this.#scope.empresaId);
    const range = { ...(from && { from: `${from}#` }), ...(to && { to: `${to}#~` }) };
    return this.#list({ pk, index: 'gsi1', ...range });
  }

  /** Every booking of the company with its sealed guest: for looking into what is sealed. */
  async listAll(): Promise<readonly StoredBooking[]> {
    return this.#list({ pk: bookingPartition(this.#scope.empresaId), consistent: true });
  }

  /** Every booking of the company without its guest: 10,000 of them are some three pages of the table. */
  async listOutlines(): Promise<readonly BookingOutline[]> {
    const found: BookingOutline[] = [];
    const query = { pk: bookingIdPartition(this.#scope.empresaId), consistent: true };
    for await (const row of this.#scope.table.queryAll(query)) {
      const outline = bookingOutline.parse(row);
      if (this.#kept(outline)) found.push(outline);
    }
    return found;
  }

  /** The bookings that have this code of this source, on whichever property: their ids, lowest first. */
  async listHoldersOf(
    booking: Pick<Booking, 'source' | 'external_code'>,
  ): Promise<readonly { readonly booking_id: number; readonly property_id: number }[]> {
    const code = codeOf(await this.#guestKey(), booking);
    if (code === undefined) return [];
    const pk = bookingCodePartition(this.#scope.empresaId);
    const { items } = await this.#scope.table.query({ pk, prefix: bookingCodePrefix(code), consistent: true });
    return items
      .map(({ booking_id, property_id }) => ({ booking_id: Number(booking_id), property_id: Number(property_id) }))
      .sort((a, b) => a.booking_id - b.booking_id);
  }

  /** Which bookings have one of these codes of these sources, on whichever property: one query of all codes. */
  async listHoldersOfMany(
    wanted: readonly Pick<Booking, 'source' | 'external_code'>[],
  ): Promise<readonly { readonly booking_id: number; readonly property_id: number }[]> {
    const key = await this.#guestKey();
    const codes = new Set(wanted.map((booking) => codeOf(key, booking)));
    const held: { booking_id: number; property_id: number }[] = [];
    const query = { pk: bookingCodePartition(this.#scope.empresaId), consistent: true };
    for await (const { sk, booking_id, property_id } of this.#scope.table.queryAll(query)) {
      if (!codes.has(bookingCodeIn(String(sk)))) continue;
      held.push({ booking_id: Number(booking_id), property_id: Number(property_id) });
    }
    return held;
  }

  /** The bookings with their guests, in the same order. */
  async open(stored: readonly StoredBooking[]): Promise<readonly Booking[]> {
    if (stored.length === 0) return [];
    const key = await this.#guestKey();
    return stored.map((booking) => openBooking(key, booking));
  }

  async #list(query: PartitionQuery): Promise<readonly StoredBooking[]> {
    const found: StoredBooking[] = [];
    for await (const row of this.#scope.table.queryAll(query)) found.push(...this.#readStored(row));
    return found;
  }

  #readStored(row: Item): readonly StoredBooking[] {
    const stored = storedBooking.parse(row);
    return stored.deleted_at === null && this.#kept(stored) ? [stored] : [];
  }

  #kept({ expires_at }: Pick<BookingOutline, 'expires_at'>): boolean {
    return expires_at > this.#nowSeconds;
  }
}
