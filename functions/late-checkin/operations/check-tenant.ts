import { ApartmentRepository } from '../../../shared/domain/apartment/apartment.repository.ts';
import type { Arrival } from '../../../shared/domain/arrival/arrivals-of-day.ts';
import { FeedStateRepository } from '../../../shared/domain/arrival-feed/feed-state.repository.ts';
import { tenantFeeds } from '../../../shared/domain/arrival-feed/tenant-feeds.ts';
import { StoredArrivalRepository } from '../../../shared/domain/arrival-import/stored-arrival.repository.ts';
import { BookingRepository } from '../../../shared/domain/booking/booking.repository.ts';
import { listArrivingOn } from '../../../shared/domain/booking/list-arriving.ts';
import { type CompanyAtWork, CompanyRepository } from '../../../shared/domain/company/company.repository.ts';
import { hasTool } from '../../../shared/domain/company/company.ts';
import { UserRepository } from '../../../shared/domain/identity/user.repository.ts';
import { LateRunRepository } from '../../../shared/domain/late-run/late-run.repository.ts';
import type { LateRun, NotifiedArrivals } from '../../../shared/domain/late-run/late-run.ts';
import { NotificationRepository } from '../../../shared/domain/notification/notification.repository.ts';
import { OutboxRepository } from '../../../shared/domain/outbox/outbox.repository.ts';
import type { ConnectPms } from '../../../shared/domain/pms/pms-client.ts';
import { PropertyRepository } from '../../../shared/domain/property/property.repository.ts';
import { type Clock, toOffsetIso } from '../../../shared/platform/clock/clock.ts';
import { fingerprint } from '../../../shared/platform/crypto/fingerprint.ts';
import type { DataKey } from '../../../shared/platform/crypto/sealed.ts';
import type { TenantKeys } from '../../../shared/platform/crypto/tenant-keys.ts';
import type { Ids } from '../../../shared/platform/ids/ids.ts';
import type { Log } from '../../../shared/platform/log/log.ts';
import type { TenantScope } from '../../../shared/platform/tenant/tenant-scope.ts';
import { lateArrivalMessage } from './compose-digest.ts';
import { type FoundArrivals, findArrivals } from './find-arrivals.ts';
import { outgoingDigest } from './outgoing-digest.ts';

export interface CheckDeps {
  readonly connectPms: ConnectPms;
  readonly log: Log;
  readonly keys: TenantKeys;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** What one run did for one company. */
export interface TenantOutcome {
  readonly late: number;
  readonly notified: number;
  /** What now waits in the outbox. */
  readonly outboxIds: readonly string[];
}

const NOBODY_YET: NotifiedArrivals = { ids: new Set(), version: 0 };
const IN_APP = { canal: 'app', id: null } as const;
const NOTHING: TenantOutcome = { late: 0, notified: 0, outboxIds: [] };
/** Times that a run starts over because another one was quicker; each time there is less left to notify. */
const ROUNDS = 5;

/**
 * One company's share of a run (ruling 13): its late arrivals of the service day, each notified once to every admin
 * and manager, and one digest, by mail and in the company's Discord channel. Safe to repeat and to run twice at once: notifications have a key of their own, and
 * digest, record and the list of what was notified are written together or not at all.
 */
export async function checkTenant(deps: CheckDeps, scope: TenantScope): Promise<TenantOutcome> {
  const atWork = await new CompanyRepository(scope).findAtWork();
  if (!atWork?.company.activa || !hasTool(atWork.company, 'late_checkin')) return NOTHING;
  const startedAt = deps.clock.now();
  const dataKey = () => deps.keys.dataKey(scope, 'guest-data');
  const bookings = new BookingRepository({ scope, guestKey: dataKey, now: startedAt });
  const properties = new PropertyRepository(scope);
  const feeds = tenantFeeds({
    drops: new StoredArrivalRepository(scope),
    dataKey,
    bookingsOn: (day) => listArrivingOn({ bookings, properties, zone: atWork.company.zona_horaria }, day),
    connectPms: () => deps.connectPms(scope),
    now: startedAt,
  });
  const feedStates = new FeedStateRepository(scope);
  const sources = { feeds, feedStates, apartments: new ApartmentRepository(scope), log: deps.log };
  const found = await findArrivals(sources, atWork, startedAt);
  if (found.arrivals.length === 0 && found.errors.length === 0) return NOTHING;
  const check: TenantCheck = { deps, scope, atWork, found, runId: deps.ids.next('run', startedAt), startedAt, dataKey };
  for (let round = 0; round < ROUNDS; round += 1) {
    const outcome = await notifyNew(check);
    if (outcome !== undefined) return outcome;
  }
  throw new Error('Other runs kept notifying the same arrivals');
}

interface TenantCheck {
  readonly deps: CheckDeps;
  readonly scope: TenantScope;
  readonly atWork: CompanyAtWork;
  readonly found: FoundArrivals;
  readonly runId: string;
  readonly startedAt: Date;
  readonly dataKey: () => Promise<DataKey>;
}

/** An arrival with the names under which it may have been notified before. */
interface MarkedArrival {
  readonly arrival: Arrival;
  readonly marks: readonly string[];
}

/** Undefined when another run came first and the question is to be asked again. */
async function notifyNew(check: TenantCheck): Promise<TenantOutcome | undefined> {
  const { deps, scope, atWork, found, runId, startedAt } = check;
  const runs = new LateRunRepository(scope);
  const late = found.arrivals.filter(({ tardio }) => tardio);
  if (late.length === 0) {
    await runs.finish(recordOf(check, { tardias: 0, notificadas: 0, entregas: [] }), NOBODY_YET, [], []);
    return NOTHING;
  }
  const key = await check.dataKey();
  const seen = await runs.notifiedOn(found.serviceDay);
  const fresh = unseen(late, key, seen);
  const told = await notifyOverseers(scope, found.serviceDay, fresh, startedAt);
  const arrivals = fresh.map(({ arrival }) => arrival);
  const news = { runId, company: atWork.company, serviceDay: found.serviceDay, arrivals, now: startedAt };
  const outgoing = fresh.length === 0 ? [] : await outgoingDigest(scope, deps.ids, news, key);
  const entregas = [...(told > 0 ? [IN_APP] : []), ...outgoing.map(({ canal, entry: { id } }) => ({ canal, id }))];
  const record = recordOf(check, { tardias: late.length, notificadas: fresh.length, entregas });
  const outbox = new OutboxRepository(scope);
  const additions = outgoing.map(({ entry }) => outbox.additionOf(entry, startedAt));
  const added = fresh.flatMap(({ marks }) => marks);
  if (!(await runs.finish(record, seen, added, additions))) return undefined;
  return { late: late.length, notified: fresh.length, outboxIds: outgoing.map(({ entry }) => entry.id) };
}

type Told = Pick<LateRun, 'tardias' | 'notificadas' | 'entregas'>;

function recordOf({ deps, found, runId, startedAt }: TenantCheck, told: Told): LateRun {
  return {
    id: runId,
    inicio: toOffsetIso(startedAt),
    fin: toOffsetIso(deps.clock.now()),
    fecha_servicio: found.serviceDay,
    llegadas: found.arrivals.length,
    desconocidas: found.arrivals.filter(({ estado_llegada }) => estado_llegada === 'desconocida').length,
    errores: [...found.errors],
    fuentes: [...found.feeds],
    ...told,
  };
}

function unseen(late: readonly Arrival[], key: DataKey, seen: NotifiedArrivals): readonly MarkedArrival[] {
  return late
    .map((arrival) => ({ arrival, marks: arrival.identities.map((identity) => fingerprint(key, identity)) }))
    .filter(({ marks }) => !marks.some((mark) => seen.ids.has(mark)));
}

/** @returns how many people have been told */
async function notifyOverseers(
  scope: TenantScope,
  serviceDay: string,
  fresh: readonly MarkedArrival[],
  now: Date,
): Promise<number> {
  if (fresh.length === 0) return 0;
  const overseers = await new UserRepository(scope).listOverseers();
  const additions = fresh.flatMap(({ arrival, marks: [mark = arrival.id] }) =>
    overseers.map(({ id: recipient }) => ({
      recipient,
      verb: 'late_arrival' as const,
      message: lateArrivalMessage(arrival),
      occasion: `${serviceDay}#${mark}`,
    })),
  );
  await new NotificationRepository(scope).addOnce(additions, now);
  return overseers.length;
}
