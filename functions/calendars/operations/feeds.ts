import { CalendarFeedRepository } from '../../../shared/domain/calendar-feed/calendar-feed.repository.ts';
import type { CalendarFeed } from '../../../shared/domain/calendar-feed/calendar-feed.ts';
import { KeptStayRepository } from '../../../shared/domain/calendar-feed/kept-stay.repository.ts';
import type { KeptStay } from '../../../shared/domain/calendar-feed/kept-stay.ts';
import { PropertyRepository } from '../../../shared/domain/property/property.repository.ts';
import type { Property } from '../../../shared/domain/property/property.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import { type NumberedPage, orderRows, pageOf } from '../../../shared/platform/http/numbered-list.ts';
import type { FeedAnswer, FeedsQuery, StaysQuery } from '../schemas.ts';
import { type CalendarDeps, notFound, propertiesOf, unitNumber } from './calendar-deps.ts';

/** A feed as people see it. */
export function feedFor(feed: CalendarFeed, property: Property | undefined): FeedAnswer {
  return {
    id: feed.id,
    name: feed.name,
    property: feed.property_id,
    unit: unitNumber(property, feed.unit_id),
    channel: feed.channel,
    url: `…${feed.address_end}`,
    state: feed.state,
    error: feed.error,
    failures: feed.failures,
    counts: feed.counts,
    last_polled_at: feed.last_polled_at,
    last_good_at: feed.last_good_at,
    next_poll_at: feed.due_at === undefined ? null : toUtcIso(new Date(feed.due_at)),
    created_at: feed.created_at,
  };
}

/** @throws AppError `not_found` */
export async function foundFeed({ scope }: Pick<CalendarDeps, 'scope'>, id: string): Promise<CalendarFeed> {
  const found = await new CalendarFeedRepository(scope).find(id);
  if (found === undefined) throw notFound();
  return found;
}

/** A page of the feeds, of one property if so asked. */
export async function listFeeds(deps: CalendarDeps, query: FeedsQuery): Promise<NumberedPage<FeedAnswer>> {
  const [feeds, properties] = await Promise.all([new CalendarFeedRepository(deps.scope).list(), propertiesOf(deps)]);
  const rows = feeds
    .filter(({ property_id }) => query.property === undefined || property_id === query.property)
    .map((feed) => feedFor(feed, properties.get(feed.property_id)));
  return pageOf(
    orderRows(rows, query.ordering, (row, key) => row[key]),
    query,
  );
}

/** One feed. @throws AppError `not_found` */
export async function readFeed(deps: CalendarDeps, id: string): Promise<FeedAnswer> {
  const feed = await foundFeed(deps, id);
  const { property } = await new PropertyRepository(deps.scope).findAnyWithZone(feed.property_id);
  return feedFor(feed, property);
}

/** What a feed tells of, cancelled stays too, and what became of it. @throws AppError `not_found` */
export async function listStays(deps: CalendarDeps, id: string, query: StaysQuery): Promise<NumberedPage<StayRow>> {
  await foundFeed(deps, id);
  const stays = await new KeptStayRepository(deps.scope, deps.guestKey).list(id, deps.now);
  const rows = stays.map(({ booking_id, ...stay }) => ({ ...stay, booking: booking_id }));
  return pageOf(
    orderRows(rows, query.ordering, ({ check_in }) => check_in),
    query,
  );
}

type StayRow = Omit<KeptStay, 'booking_id'> & { readonly booking: number | null };
