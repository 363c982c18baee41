import { serviceDateOf } from '../../../shared/domain/arrival/service-day.ts';
import type { FeedOutcome } from '../../../shared/domain/calendar-feed/calendar-feed.repository.ts';
import {
  type CalendarFeed,
  type FeedCounts,
  type FeedSecret,
  fetchedAddress,
  openFeed,
  sealFeed,
} from '../../../shared/domain/calendar-feed/calendar-feed.ts';
import { SOURCE_OF } from '../../../shared/domain/calendar-feed/feed-channel.ts';
import type { KeptStay } from '../../../shared/domain/calendar-feed/kept-stay.ts';
import { planSync } from '../../../shared/domain/calendar-feed/plan-sync.ts';
import { readSaid, type SaidCalendar } from '../../../shared/domain/calendar-feed/said-stay.ts';
import { OWN_UIDS } from '../../../shared/domain/calendar-link/unit-calendar.ts';
import type { Company } from '../../../shared/domain/company/company.ts';
import { type Property, zoneOf } from '../../../shared/domain/property/property.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import type { DataKey } from '../../../shared/platform/crypto/sealed.ts';
import type { PublicTargets } from '../../../shared/platform/outbound/public-target.ts';
import { type FetchedFeed, fetchFeed } from './fetch-feed.ts';
import type { SyncDeps } from './sync-deps.ts';
import { takeSteps } from './take-steps.ts';

/** Readings in a row that lack too much until somebody is told (`integrations.md` §6.4). */
const TOLD_AFTER = 3;
/** Readings in a row that find no calendar until somebody is told: a channel may have a bad hour. */
const RESET_TOLD_AFTER = 2;

const SUSPICIOUS =
  'The calendar lacks most of the bookings that it had, so nothing was changed. Look at the channel; if they were cancelled, poll again with accept_losses.';

/** What somebody has to be told of. */
export type FeedAlert =
  | { readonly kind: 'suspicious' | 'reset' }
  | { readonly kind: 'may_be_cancelled'; readonly stayId: string; readonly check_in: string };

/** How a reading ended. */
export interface Reading {
  readonly outcome: FeedOutcome;
  /** Wait that the server asked for, in milliseconds. */
  readonly askedMs: number;
  readonly alerts: readonly FeedAlert[];
}

export interface ReadDeps extends SyncDeps {
  readonly targets: PublicTargets;
  /** The company's data key of purpose `integrations`. */
  readonly key: DataKey;
}

export interface FeedHome {
  readonly company: Company;
  readonly property: Property;
}

/** Reads a feed once and takes over what it says. @throws what the table throws */
export async function readFeed(deps: ReadDeps, feed: CalendarFeed, home: FeedHome): Promise<Reading> {
  const secret = openFeed(deps.key, feed);
  const fetched = await fetchFeed(deps.targets, secret, deps.now);
  if (fetched.kind === 'failed') return failedReading(deps.now, feed, fetched);
  const good = {
    state: 'ok',
    error: null,
    failures: 0,
    suspicions: 0,
    ...polled(deps.now),
    ...goodAt(deps.now),
  } as const;
  if (fetched.kind === 'unchanged') return { outcome: good, askedMs: 0, alerts: [] };
  const zone = zoneOf(home.property, home.company.zona_horaria);
  const today = serviceDateOf(deps.now, zone);
  const host = URL.parse(fetchedAddress(secret.address))?.hostname ?? '';
  const said = readSaid(fetched.calendar, { host, zone, today, ownUids: OWN_UIDS });
  const kept = await deps.stays.list(feed.id, deps.now);
  const lossesConfirmed = feed.losses_confirmed === true;
  const plan = planSync(kept, said.stays, { now: deps.now, today, lossesConfirmed });
  if (plan.kind === 'suspicious') return suspiciousReading(deps.now, feed);
  const place = {
    feed,
    source: SOURCE_OF[said.channel],
    companyZone: home.company.zona_horaria,
    retentionMonths: home.company.retencion_meses,
    today,
  };
  const taken = await takeSteps(deps, place, kept, plan.steps);
  const forgotten = new Set(plan.steps.flatMap((step) => (step.kind === 'forget' ? step.kept.id : [])));
  const known = knownAfter(kept, taken, forgotten);
  const counts = countsOf(known, said, today);
  return {
    outcome: {
      ...good,
      channel: said.channel,
      counts,
      sealed: sealFeed(deps.key, feed.id, secretAfter(secret, fetched, counts, known)),
    },
    askedMs: 0,
    alerts: newAlerts(kept, taken),
  };
}

function polled(now: Date) {
  return { last_polled_at: toUtcIso(now) };
}

function goodAt(now: Date) {
  return { last_good_at: toUtcIso(now) };
}

function failedReading(
  now: Date,
  feed: CalendarFeed,
  { sentence, isReset, askedMs }: Extract<FetchedFeed, { kind: 'failed' }>,
): Reading {
  const failures = feed.failures + 1;
  const outcome = { state: 'failing', error: sentence, failures, ...polled(now) } as const;
  return { outcome, askedMs, alerts: isReset && failures === RESET_TOLD_AFTER ? [{ kind: 'reset' }] : [] };
}

function suspiciousReading(now: Date, feed: CalendarFeed): Reading {
  const suspicions = feed.suspicions + 1;
  const outcome = { state: 'suspicious', error: SUSPICIOUS, failures: 0, suspicions, ...polled(now) } as const;
  return { outcome, askedMs: 0, alerts: suspicions === TOLD_AFTER ? [{ kind: 'suspicious' }] : [] };
}

function knownAfter(
  kept: readonly KeptStay[],
  taken: readonly KeptStay[],
  forgotten: ReadonlySet<string>,
): readonly KeptStay[] {
  const known = new Map([...kept, ...taken].map((stay) => [stay.id, stay]));
  return [...known.values()].filter(({ id }) => !forgotten.has(id));
}

function countsOf(known: readonly KeptStay[], said: SaidCalendar, today: string): FeedCounts {
  const open = known.filter(({ status, check_out }) => status !== 'cancelled' && check_out > today);
  const count = (wanted: (stay: KeptStay) => boolean) => open.filter(wanted).length;
  return {
    bookings: count(({ outcome }) => outcome !== 'conflict'),
    blocks: said.blocks,
    ignored: said.ignored,
    needs_review: count(({ needs_review }) => needs_review),
    conflicts: count(({ outcome, met_booking }) => met_booking !== null && outcome !== 'covered'),
    missing: count(({ missed }) => missed > 0),
  };
}

/**
 * The next reading may be answered "unchanged" only where that leaves nothing to do: a stay that is missing or that
 * others keep from being booked has to be looked at again.
 */
function secretAfter(
  { address }: FeedSecret,
  { etag, lastModified }: Extract<FetchedFeed, { kind: 'calendar' }>,
  { conflicts, missing }: FeedCounts,
  known: readonly KeptStay[],
): FeedSecret {
  if (conflicts > 0 || missing > 0 || known.some(({ outcome }) => outcome === 'covered')) return { address };
  return {
    address,
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { last_modified: lastModified }),
  };
}

function newAlerts(kept: readonly KeptStay[], taken: readonly KeptStay[]): readonly FeedAlert[] {
  const before = new Set(kept.flatMap(({ id, may_be_cancelled }) => (may_be_cancelled ? [id] : [])));
  return taken.flatMap((stay) =>
    stay.may_be_cancelled && !before.has(stay.id)
      ? [{ kind: 'may_be_cancelled' as const, stayId: stay.id, check_in: stay.check_in }]
      : [],
  );
}
