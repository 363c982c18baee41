import { AuditTrail } from '../../../shared/domain/audit/audit-trail.ts';
import { CalendarFeedRepository } from '../../../shared/domain/calendar-feed/calendar-feed.repository.ts';
import {
  type CalendarFeed,
  fetchedAddress,
  MOST_FEEDS,
  NO_COUNTS,
  openFeed,
  sealFeed,
} from '../../../shared/domain/calendar-feed/calendar-feed.ts';
import { channelOfFeed } from '../../../shared/domain/calendar-feed/feed-channel.ts';
import { enqueueEntry } from '../../../shared/domain/outbox/enqueue-entry.ts';
import { toUtcIso } from '../../../shared/platform/clock/clock.ts';
import { TransactionRefused } from '../../../shared/platform/dynamo/storage-errors.ts';
import type { TargetProblem } from '../../../shared/platform/outbound/public-address.ts';
import type { FeedAnswer, FeedBody } from '../schemas.ts';
import { auditOrigin, type CalendarDeps, type Dwelling, dwellingOf, invalidField, notFound } from './calendar-deps.ts';
import { feedFor, foundFeed, readFeed } from './feeds.ts';

const SENTENCES: Readonly<Record<TargetProblem, string>> = {
  not_an_address: 'Enter a valid URL.',
  not_https: 'Enter an https URL.',
  credentials: 'Leave user name and password out of the URL.',
  port: 'Use port 443, or one from 1024 on.',
  not_a_public_name: 'Enter a host by its public DNS name.',
  private_network: 'This host is in a private network. Enter the address that the channel shows.',
  unresolved: 'This host could not be found. Check its name.',
};
/** A feed is read so seldom at most, whoever asks. */
const SOONEST_MS = 60_000;

/**
 * Has a feed read from now on.
 * @throws AppError `invalid` for a dwelling that is not there, an address that must not be called or is read already
 */
export async function createFeed(deps: CalendarDeps, body: FeedBody): Promise<FeedAnswer> {
  const dwelling = await dwellingOf(deps, body);
  const address = fetchedAddress(body.url);
  const problem = await deps.targets.problemOf(address);
  if (problem !== undefined) throw invalidField('url', SENTENCES[problem]);
  const feeds = new CalendarFeedRepository(deps.scope);
  await refuseRepeated(deps, await feeds.list(), dwelling, address);
  const feed = await newFeed(deps, dwelling, { address, name: body.name });
  const cambios = { propiedad: feed.property_id, unidad: feed.unit_id, host: new URL(address).host };
  const fact = { accion: 'calendario.crear', entidad: 'calendario', entidad_id: feed.id, cambios };
  await new AuditTrail(deps.scope).commit(auditOrigin(deps), fact, [feeds.additionOf(feed, deps.now)]);
  await enqueueEntry(deps, deps.scope.empresaId, feed.id);
  return feedFor({ ...feed, due_at: deps.now.getTime() }, dwelling.property);
}

async function refuseRepeated(
  deps: CalendarDeps,
  feeds: readonly CalendarFeed[],
  { property, unitId }: Dwelling,
  address: string,
): Promise<void> {
  if (feeds.length >= MOST_FEEDS) throw invalidField('url', `A company has ${MOST_FEEDS} calendars at most.`);
  const here = feeds.filter(({ property_id, unit_id }) => property_id === property.id && unit_id === unitId);
  if (here.length === 0) return;
  const key = await deps.key();
  if (here.some((feed) => openFeed(key, feed).address === address)) {
    throw invalidField('url', 'This calendar is read for this unit already.');
  }
}

async function newFeed(
  deps: CalendarDeps,
  { property, unitId }: Dwelling,
  { address, name }: { readonly address: string; readonly name: string | undefined },
): Promise<CalendarFeed> {
  const id = deps.ulid('cal', deps.now);
  const channel = channelOfFeed({ host: new URL(address).hostname, producer: '', uid: '' });
  return {
    id,
    name: name || channel,
    property_id: property.id,
    unit_id: unitId,
    channel,
    address_end: address.slice(-4),
    sealed: sealFeed(await deps.key(), id, { address }),
    state: 'pending',
    error: null,
    counts: NO_COUNTS,
    failures: 0,
    suspicions: 0,
    last_polled_at: null,
    last_good_at: null,
    created_at: toUtcIso(deps.now),
    created_by: deps.actor.userId,
    turn: 0,
  };
}

/** Reads a feed no more. Its bookings stay: they are people's plans. @throws AppError `not_found` */
export async function deleteFeed(deps: CalendarDeps, id: string): Promise<undefined> {
  const fact = { accion: 'calendario.borrar', entidad: 'calendario', entidad_id: id, cambios: {} };
  try {
    await new AuditTrail(deps.scope).commit(auditOrigin(deps), fact, [
      new CalendarFeedRepository(deps.scope).removalOf(id),
    ]);
  } catch (thrown) {
    if (thrown instanceof TransactionRefused) throw notFound();
    throw thrown;
  }
}

/**
 * Has a feed read now, or as soon as a minute after its last reading is over.
 * @param acceptLosses a person says that what the feed lacks was cancelled
 * @throws AppError `not_found`
 */
export async function pollFeed(deps: CalendarDeps, id: string, acceptLosses = false): Promise<FeedAnswer> {
  const seen = await foundFeed(deps, id);
  const soonest = seen.last_polled_at === null ? 0 : Date.parse(seen.last_polled_at) + SOONEST_MS;
  const at = new Date(Math.max(deps.now.getTime(), soonest));
  const write = new CalendarFeedRepository(deps.scope).duenessOf(id, acceptLosses, at);
  const cambios = { acepta_bajas: acceptLosses };
  const fact = { accion: 'calendario.leer', entidad: 'calendario', entidad_id: id, cambios };
  try {
    await new AuditTrail(deps.scope).commit(auditOrigin(deps), fact, [write]);
  } catch (thrown) {
    if (thrown instanceof TransactionRefused) throw notFound();
    throw thrown;
  }
  // One that has to wait is the sweeper's.
  if (at <= deps.now) await enqueueEntry(deps, deps.scope.empresaId, id);
  return readFeed(deps, id);
}
