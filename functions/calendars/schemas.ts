import * as z from 'zod';
import { FEED_STATES, feedCounts } from '../../shared/domain/calendar-feed/calendar-feed.ts';
import { FEED_CHANNELS } from '../../shared/domain/calendar-feed/feed-channel.ts';
import { STAY_OUTCOMES } from '../../shared/domain/calendar-feed/kept-stay.ts';
import {
  booleanField,
  filter,
  integerField,
  requiredText,
  textField,
  ulidParams,
} from '../../shared/platform/http/aristay-fields.ts';
import { listQuery } from '../../shared/platform/http/numbered-list.ts';

const LONGEST_URL = 2_048;
const LONGEST_NAME = 100;

export const feedParams = ulidParams('cal');
export const linkParams = ulidParams('lnk');
export const calendarParams = z.object({ file: z.string().regex(/^[A-Za-z0-9_-]{43}\.ics$/) });

const dwelling = {
  property: integerField({ min: 1 }),
  /** Its number; needed where the property has several. */
  unit: z
    .preprocess((value) => (typeof value === 'number' ? String(value) : value), textField(20).nullable())
    .optional(),
};

/** `POST /api/calendar-feeds/`. */
export const feedBody = z.object({
  ...dwelling,
  url: requiredText(LONGEST_URL),
  name: textField(LONGEST_NAME).optional(),
});
export type FeedBody = z.output<typeof feedBody>;

/** `POST /api/calendar-feeds/{id}/poll/`. */
export const pollBody = z.object({ accept_losses: booleanField().optional() });

/** `POST /api/calendar-links/`. */
export const linkBody = z.object({ ...dwelling, name: textField(LONGEST_NAME).optional() });
export type LinkBody = z.output<typeof linkBody>;

const byProperty = { property: filter(integerField({ min: 1 })) };
export const feedsQuery = listQuery(byProperty, { allowed: ['created_at', 'state'], byDefault: 'created_at' });
export type FeedsQuery = z.output<typeof feedsQuery>;
export const linksQuery = listQuery(byProperty, { allowed: ['created_at'], byDefault: 'created_at' });
export type LinksQuery = z.output<typeof linksQuery>;
export const staysQuery = listQuery({}, { allowed: ['check_in'], byDefault: 'check_in' });
export type StaysQuery = z.output<typeof staysQuery>;

/** A feed; of its address the last four characters alone. */
export const feedAnswer = z.object({
  id: z.string(),
  name: z.string(),
  property: z.int(),
  unit: z.string().nullable(),
  channel: z.enum(FEED_CHANNELS),
  url: z.string(),
  state: z.enum(FEED_STATES),
  /** What is wrong and what to do. */
  error: z.string().nullable(),
  failures: z.int(),
  counts: feedCounts,
  last_polled_at: z.string().nullable(),
  last_good_at: z.string().nullable(),
  next_poll_at: z.string().nullable(),
  created_at: z.string(),
});
export type FeedAnswer = z.input<typeof feedAnswer>;

/** A stay as the feed last told of it, and what became of it. */
export const stayAnswer = z.object({
  id: z.string(),
  check_in: z.string(),
  check_out: z.string(),
  status: z.enum(['confirmed', 'pending', 'cancelled']),
  outcome: z.enum(STAY_OUTCOMES),
  booking: z.int().nullable(),
  /** The booking that has its nights already. */
  met_booking: z.int().nullable(),
  needs_review: z.boolean(),
  missing_since: z.string().nullable(),
  may_be_cancelled: z.boolean(),
  code: z.string().nullable(),
  guest_name: z.string().nullable(),
  phone_last4: z.string().nullable(),
  reservation_url: z.string().nullable(),
});

export const linkAnswer = z.object({
  id: z.string(),
  name: z.string(),
  property: z.int(),
  unit: z.string().nullable(),
  /** For whoever is to read the calendar. */
  url: z.string(),
  created_at: z.string(),
  rotated_at: z.string().nullable(),
});
export type LinkAnswer = z.input<typeof linkAnswer>;
