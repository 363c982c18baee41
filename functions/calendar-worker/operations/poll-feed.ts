import { bookingWriterOf } from '../../../shared/composition/booking-writer-of.ts';
import { type CommittingDeps, committingChanges } from '../../../shared/composition/committing-changes.ts';
import { CalendarFeedRepository } from '../../../shared/domain/calendar-feed/calendar-feed.repository.ts';
import type { CalendarFeed } from '../../../shared/domain/calendar-feed/calendar-feed.ts';
import { KeptStayRepository } from '../../../shared/domain/calendar-feed/kept-stay.repository.ts';
import { waitUntilNextPoll } from '../../../shared/domain/calendar-feed/poll-schedule.ts';
import { CompanyRepository } from '../../../shared/domain/company/company.repository.ts';
import { PropertyRepository } from '../../../shared/domain/property/property.repository.ts';
import { liveUnits } from '../../../shared/domain/property/property.ts';
import { type Clock, toUtcIso } from '../../../shared/platform/clock/clock.ts';
import { nextNumbers } from '../../../shared/platform/dynamo/counter.ts';
import type { PublicTargets } from '../../../shared/platform/outbound/public-target.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import { type FeedHome, type ReadDeps, type Reading, readFeed } from './read-feed.ts';
import { tellOverseers } from './tell-overseers.ts';

export interface PollDeps extends CommittingDeps {
  readonly targets: PublicTargets;
  readonly clock: Clock;
  /** Between 0 and 1, for spreading the readings. */
  readonly random: () => number;
}

/** Above the function's own timeout: whoever holds a feed works on it alone. */
const LEASE_MS = 5 * 60_000;
const OURS = 'Something went wrong on our side while taking the calendar over. It is tried again by itself.';
const NO_HOME = 'The unit of this calendar was deleted. Delete the calendar as well.';

/**
 * One reading of a feed that is due. A message that comes twice finds it read or held. Whatever goes wrong is noted on
 * the feed and tried again later, less often each time: nothing of it is left to the dead letters.
 */
export async function pollFeed(deps: PollDeps, scope: TenantScope, feedId: string): Promise<void> {
  const feeds = new CalendarFeedRepository(scope);
  const feed = await feeds.claim(feedId, deps.clock.now(), LEASE_MS);
  if (feed === undefined) return;
  const home = await homeOf(scope, feed);
  if (home === 'gone') {
    return feeds.settle(
      feed,
      { state: 'stopped', error: NO_HOME, last_polled_at: toUtcIso(deps.clock.now()) },
      undefined,
    );
  }
  const later = (failures: number, askedMs = 0) =>
    new Date(deps.clock.now().getTime() + waitUntilNextPoll(failures, deps.random(), askedMs));
  if (home === 'at rest') return feeds.settle(feed, { failures: feed.failures }, later(MOST_FAILURES));
  const reading = await readingOf(deps, scope, feed, home);
  const { outcome, askedMs, alerts } = reading;
  await tellOverseers(scope, { feed, property: home.property, alerts, now: deps.clock.now() });
  await feeds.settle(feed, outcome, later(outcome.failures ?? 0, askedMs));
  const ids = { empresa_id: scope.empresaId, feed_id: feed.id };
  if (outcome.state === 'ok') deps.log.info('CALENDAR_READ', { ...ids, channel: outcome.channel ?? feed.channel });
  else if (outcome.state === 'suspicious') deps.log.warn('CALENDAR_SUSPICIOUS', { ...ids, times: outcome.suspicions });
  else deps.log.warn('CALENDAR_UNREADABLE', { ...ids, failures: outcome.failures });
}

/** The feeds of a company that is switched off are looked at as seldom as those that fail. */
const MOST_FAILURES = 10;

async function homeOf(scope: TenantScope, feed: CalendarFeed): Promise<FeedHome | 'gone' | 'at rest'> {
  const [company, property] = await Promise.all([
    new CompanyRepository(scope).find(),
    new PropertyRepository(scope).find(feed.property_id),
  ]);
  if (company === undefined || property === undefined) return 'gone';
  const units = liveUnits(property);
  // Of a property that had no units and has several now, nobody can say which one is meant.
  const isThere = feed.unit_id === null ? units.length <= 1 : units.some(({ id }) => id === feed.unit_id);
  if (!isThere) return 'gone';
  return company.activa ? { company, property } : 'at rest';
}

async function readingOf(deps: PollDeps, scope: TenantScope, feed: CalendarFeed, home: FeedHome): Promise<Reading> {
  try {
    return await readFeed(await readDepsOf(deps, scope), feed, home);
  } catch (thrown) {
    deps.log.error('CALENDAR_FAILED', thrown, { empresa_id: scope.empresaId, feed_id: feed.id });
    const failures = feed.failures + 1;
    const outcome = { state: 'failing', error: OURS, failures, last_polled_at: toUtcIso(deps.clock.now()) } as const;
    return { outcome, askedMs: 0, alerts: [] };
  }
}

async function readDepsOf(deps: PollDeps, scope: TenantScope): Promise<ReadDeps> {
  const now = deps.clock.now();
  const guestKey = () => deps.keys.dataKey(scope, 'guest-data');
  const commit = committingChanges(deps, scope);
  const origin = { actor: undefined, address: undefined, now };
  return {
    now,
    targets: deps.targets,
    key: await deps.keys.dataKey(scope, 'integrations'),
    properties: new PropertyRepository(scope),
    bookings: bookingWriterOf({ scope, guestKey, now }),
    stays: new KeptStayRepository(scope, guestKey),
    nextIds: (count) => nextNumbers(scope, 'booking', count),
    newStayId: () => deps.ulid('stay', now),
    committing: (fact, told) => (writes, following) => commit(origin, fact, writes, [...told, ...following]),
  };
}
