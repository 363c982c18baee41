import type { DataKey } from '../../platform/crypto/sealed.ts';
import { TransactionRefused } from '../../platform/dynamo/storage-errors.ts';
import type { Write } from '../../platform/dynamo/table.ts';
import type { TenantScope } from '../../platform/tenant/tenant-scope.ts';
import type { NewEvent } from '../event/event-types.ts';
import type { Property } from '../property/property.ts';
import { type BookingContext, BookingRepository } from './booking.repository.ts';
import { type BookingChange, type BookingRefusal, type FollowBookings, writesOf } from './booking-writes.ts';

/** Changes of bookings did not take place; nothing was written. */
export class BookingRefused extends Error {
  override readonly name = 'BookingRefused';
  readonly refusal: BookingRefusal;
  /** The change that was at fault; absent where it was a calendar. */
  readonly change: BookingChange | undefined;

  constructor(refusal: BookingRefusal, change?: BookingChange) {
    super(`Changes of bookings were refused: ${refusal}`);
    this.refusal = refusal;
    this.change = change;
  }
}

/**
 * Writes all of the writes or none, with events that follow from them beside its own; writes of its own go after the
 * given ones.
 * @param tasksMade how many tasks come into being with them
 * @throws TransactionRefused
 */
export type Commit = (writes: readonly Write[], events: readonly NewEvent[], tasksMade: number) => Promise<unknown>;

/** Rows of a transaction, less what a commit adds to it where it says nothing else: ends of two logs, their entries. */
const ROOM = 92;

/** What changes of bookings are written with. */
export interface WritingContext extends BookingContext {
  readonly follow: FollowBookings;
}

/** The bookings of one company for who changes them: never without what follows from a change. */
export class BookingWriter extends BookingRepository {
  readonly #scope: TenantScope;
  readonly #guestKey: () => Promise<DataKey>;
  readonly #now: Date;
  readonly #follow: FollowBookings;

  constructor(context: WritingContext) {
    super(context);
    this.#scope = context.scope;
    this.#guestKey = context.guestKey;
    this.#now = context.now;
    this.#follow = context.follow;
  }

  /**
   * Writes many changes or none, in one transaction (`rowsOf` tells about how many rows a change takes).
   * @param properties every property whose calendar a change touches, as it was read before its bookings were
   * @param room rows of the transaction that `commit` leaves to the changes and what follows from them, events included;
   * one change alone always fits
   * @returns the properties as they stand afterwards, for the changes that follow
   * @throws BookingRefused
   */
  async apply(
    changes: readonly BookingChange[],
    properties: readonly Property[],
    commit: Commit = (writes) => this.#scope.table.transact(writes),
    room = ROOM,
  ): Promise<readonly Property[]> {
    const [key, following] = await Promise.all([this.#guestKey(), this.#follow(changes, properties)]);
    const context = { empresaId: this.#scope.empresaId, key, now: this.#now.getTime() / 1000 };
    const planned = writesOf(context, changes, properties);
    const own = planned.guarded.map(({ write }) => write);
    const rows = own.length + following.writes.length + following.events.length;
    if (rows > room && changes.length > 1) throw new BookingRefused('too_many');
    try {
      await commit([...own, ...following.writes], following.events, following.tasksMade);
    } catch (thrown) {
      if (!(thrown instanceof TransactionRefused)) throw thrown;
      const refused = planned.guarded.filter((_, position) => thrown.failed.includes(position));
      // A calendar that moved explains whatever else was refused: it has to be read anew before anything is said.
      const first = refused.find(({ refusal }) => refusal === 'calendar_changed') ?? refused[0];
      if (first !== undefined) throw new BookingRefused(first.refusal, first.change);
      const isOurs = thrown.failed.some((position) => position < own.length + following.writes.length);
      throw isOurs ? new BookingRefused('turnover_changed') : thrown;
    }
    return planned.properties;
  }
}
