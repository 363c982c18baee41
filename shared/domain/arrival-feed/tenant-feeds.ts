import type { DataKey } from '../../platform/crypto/sealed.ts';
import { openArrival, type StoredArrival } from '../arrival-import/stored-arrival.ts';
import type { ConnectedPms } from '../pms/pms-client.ts';
import type { Reservation } from '../reservation/reservation.ts';
import type { ArrivalFeed, FeedAnswer } from './arrival-feed.ts';

/** What one company's sources are read through. */
export interface FeedDeps {
  readonly drops: { listOn(day: string, now: Date): Promise<readonly StoredArrival[]> };
  /** The tenant's data key of purpose `guest-data`; asked for only where there is something to open. */
  readonly dataKey: () => Promise<DataKey>;
  readonly bookingsOn: (day: string) => Promise<readonly Reservation[]>;
  /** Undefined: no PMS is connected. */
  readonly connectPms: () => Promise<ConnectedPms | undefined>;
  readonly now: Date;
}

/** Every source of arrivals that a company may have (ruling 13). Dropped files come first: they are what people typed. */
export function tenantFeeds(deps: FeedDeps): readonly ArrivalFeed[] {
  return [
    { fuente: 'ficheros', read: (day) => readDrops(deps, day) },
    {
      fuente: 'reservas',
      read: async (day) => ({ reservations: await deps.bookingsOn(day), observedAt: deps.now }),
    },
    { fuente: 'pms', read: (day) => readPms(deps, day) },
  ];
}

async function readDrops({ drops, dataKey, now }: FeedDeps, day: string): Promise<FeedAnswer> {
  const stored = await drops.listOn(day, now);
  if (stored.length === 0) return { reservations: [], observedAt: null };
  const key = await dataKey();
  const reservations = stored.map((row) => openArrival(key, row));
  const newest = reservations.flatMap(({ observed_at }) => (observed_at === null ? [] : [Date.parse(observed_at)]));
  return { reservations, observedAt: newest.length === 0 ? null : new Date(Math.max(...newest)) };
}

async function readPms({ connectPms, now }: FeedDeps, day: string): Promise<FeedAnswer | undefined> {
  const connected = await connectPms();
  if (connected === undefined) return undefined;
  return { reservations: await connected.client.listReservations({ from: day, to: day }), observedAt: now };
}
