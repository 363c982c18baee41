import * as z from 'zod';
import { type DataKey, open, seal } from '../../platform/crypto/sealed.ts';
import { FEED_CHANNELS } from './feed-channel.ts';

/** Feeds that a company may have: some hundred dwellings on three channels each. */
export const MOST_FEEDS = 1_000;

/** How the last reading ended. `pending`: there was none yet. `suspicious`: it lacked too much to be believed. */
export const FEED_STATES = ['pending', 'ok', 'failing', 'suspicious', 'stopped'] as const;

/** What a reading found. */
export const feedCounts = z.object({
  /** Stays that are bookings, ours or the feed's. */
  bookings: z.int().nonnegative(),
  blocks: z.int().nonnegative(),
  ignored: z.int().nonnegative(),
  needs_review: z.int().nonnegative(),
  conflicts: z.int().nonnegative(),
  missing: z.int().nonnegative(),
});
export type FeedCounts = z.infer<typeof feedCounts>;

const instant = z.string();

/** A feed of a dwelling as it rests. Instants are RFC 3339, UTC, whole seconds. */
export const calendarFeed = z.object({
  /** `cal_` and a ULID. */
  id: z.string(),
  name: z.string(),
  property_id: z.int().positive(),
  /** Null for a property without units. */
  unit_id: z.int().positive().nullable(),
  channel: z.enum(FEED_CHANNELS),
  /** The last four characters of its address. */
  address_end: z.string(),
  /** A {@link FeedSecret} under the company's key of purpose `integrations`: whoever has the address reads the feed. */
  sealed: z.string(),
  state: z.enum(FEED_STATES),
  /** What is wrong and what to do, while something is. */
  error: z.string().nullable(),
  counts: feedCounts,
  /** Readings in a row that failed. */
  failures: z.int().nonnegative(),
  /** Readings in a row that lacked too much. */
  suspicions: z.int().nonnegative(),
  last_polled_at: instant.nullable(),
  last_good_at: instant.nullable(),
  created_at: instant,
  created_by: z.string().nullable(),
  /** Epoch milliseconds of the next reading; absent where there will be none. */
  due_at: z.int().optional(),
  /** A person has said that what the next reading lacks was cancelled. */
  losses_confirmed: z.boolean().optional(),
  /** Raised by every claim: of two who read at once, one has lost. */
  turn: z.int().nonnegative(),
});
export type CalendarFeed = z.infer<typeof calendarFeed>;

const feedSecret = z.object({
  address: z.string(),
  /** Of the last reading that was believed and left nothing open (RFC 9110 §8.8). */
  etag: z.string().optional(),
  last_modified: z.string().optional(),
});
export type FeedSecret = z.infer<typeof feedSecret>;

/** @param key the company's data key of purpose `integrations` */
export function sealFeed(key: DataKey, id: string, secret: FeedSecret): string {
  return seal(key, `calendar-feed/${id}`, JSON.stringify(secret));
}

/** @param key the company's data key of purpose `integrations` */
export function openFeed(key: DataKey, { id, sealed }: Pick<CalendarFeed, 'id' | 'sealed'>): FeedSecret {
  return feedSecret.parse(JSON.parse(open(key, `calendar-feed/${id}`, sealed)));
}

/**
 * The address that is called for one that somebody pasted: `webcal` is a word for https, and no feed is fetched in
 * clear, because its address is its only secret (`integrations.md` §6.6).
 */
export function fetchedAddress(pasted: string): string {
  const text = pasted.trim();
  const url = URL.parse(text.replace(/^webcals?:/i, 'https:'));
  if (url === null) return text;
  url.hash = '';
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  if (url.protocol === 'http:' && !isHere && (url.port === '' || url.port === '80')) url.protocol = 'https:';
  return url.href;
}

export const NO_COUNTS: FeedCounts = { bookings: 0, blocks: 0, ignored: 0, needs_review: 0, conflicts: 0, missing: 0 };
