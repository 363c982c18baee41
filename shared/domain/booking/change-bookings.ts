import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../platform/errors/app-error.ts';
import type { Property } from '../property/property.ts';
import { BookingRefused, type BookingWriter, type Commit } from './booking-writer.repository.ts';
import type { BookingChange, BookingRefusal } from './booking-writes.ts';

/** Times that a change starts over because a calendar moved: enough for fifty who book one property at once. */
const ROUNDS = 60;
/** Longest wait before it starts over: a random part of it spreads those who met. */
const LONGEST_WAIT_MS = 250;
/** Refusals that another attempt would meet again. */
const LASTING: ReadonlySet<BookingRefusal> = new Set(['code_taken', 'too_many']);

/** What somebody decided to write after looking at calendars that stand still until it is written. */
export interface Decision<T> {
  /** None where there is nothing to change. */
  readonly changes: readonly BookingChange[];
  /** Commits the writes of these changes with their events and their audit entry; a plain transaction when absent. */
  readonly commit?: Commit;
  /** Rows of a transaction that `commit` leaves to the changes; see {@link BookingWriter.apply}. */
  readonly room?: number;
  readonly answer: T;
}

interface Deps {
  readonly properties: { find(id: number): Promise<Property | undefined> };
  readonly bookings: BookingWriter;
}

/**
 * Holds the calendars of some properties still: reads the properties, lets `decide` look at bookings and decide, and
 * writes only if no calendar has moved meanwhile; otherwise all starts over (`aristay.md` §10.6). Nothing is written
 * when there is nothing to change.
 *
 * @param decide reads and decides, may be called several times; undefined stands for a property that is not there
 * @throws BookingRefused `code_taken`, `too_many` @throws AppError `unavailable` when the calendars never stand still
 */
export async function changeBookings<T>(
  { properties, bookings }: Deps,
  propertyIds: readonly number[],
  decide: (properties: readonly (Property | undefined)[]) => Promise<Decision<T>>,
): Promise<T> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const seen = await Promise.all(propertyIds.map((id) => properties.find(id)));
    const { changes, commit, room, answer } = await decide(seen);
    if (changes.length === 0) return answer;
    const standing = seen.filter((property) => property !== undefined);
    try {
      await bookings.apply(changes, standing, commit, room);
      return answer;
    } catch (thrown) {
      if (!(thrown instanceof BookingRefused) || LASTING.has(thrown.refusal)) throw thrown;
    }
    await delay(Math.random() * Math.min(LONGEST_WAIT_MS, 10 * 2 ** round));
  }
  throw new AppError('unavailable', 'Too many changes at once. Try again.', { retryAfter: 1 });
}
