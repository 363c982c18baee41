import type { Apartment } from '../../../shared/domain/apartment/apartment.ts';
import { type Arrival, arrivalsOfDay } from '../../../shared/domain/arrival/arrivals-of-day.ts';
import { serviceDateOf } from '../../../shared/domain/arrival/service-day.ts';
import {
  type ArrivalFeed,
  type FeedName,
  type FeedReading,
  readFeeds,
  reservationsIn,
} from '../../../shared/domain/arrival-feed/arrival-feed.ts';
import { ageSentence, type FeedView, viewOfReading } from '../../../shared/domain/arrival-feed/feed-age.ts';
import type { CompanyAtWork } from '../../../shared/domain/company/company.repository.ts';
import type { Log } from '../../../shared/platform/log/log.ts';

/** What the sources knew of one service day. */
export interface FoundArrivals {
  readonly serviceDay: string;
  readonly arrivals: readonly Arrival[];
  /** How each connected source answered, and how old what it says is. */
  readonly feeds: readonly FeedView[];
  /** A sentence for each source that failed, with the age of its last word; the others count all the same. */
  readonly errors: readonly string[];
}

export interface FindDeps {
  readonly feeds: readonly ArrivalFeed[];
  readonly feedStates: {
    lastRead(name: FeedName): Promise<Date | undefined>;
    remember(name: FeedName, readAt: Date): Promise<void>;
  };
  readonly apartments: { list(): Promise<readonly Apartment[]> };
  readonly log: Log;
}

/** Asks every source for the service day and puts their answers together. */
export async function findArrivals(deps: FindDeps, atWork: CompanyAtWork, now: Date): Promise<FoundArrivals> {
  const zone = atWork.company.zona_horaria;
  const serviceDay = serviceDateOf(now, zone);
  const readings = await readFeeds(deps.feeds, serviceDay, deps.log);
  const connected = readings.filter(({ estado }) => estado !== 'sin_conectar');
  const feeds = await Promise.all(connected.map((reading) => aged(deps, reading, now)));
  const errors = feeds.flatMap(({ error, edad_minutos }) =>
    error === null ? [] : [`${error} ${ageSentence(edad_minutos)}`],
  );
  const reservations = reservationsIn(readings);
  // The catalogue is read only for a day with arrivals: most companies, most quarters of an hour, have none.
  const catalogue = reservations.length > 0 ? await deps.apartments.list() : [];
  const { arrivals } = arrivalsOfDay(reservations, { zone, cutoff: atWork.lateCheckin.hora_corte, catalogue }, now);
  return { serviceDay, arrivals, feeds, errors };
}

/** A PMS that was read well is remembered, so that its age can be told when it fails. */
async function aged({ feedStates }: FindDeps, reading: FeedReading, now: Date): Promise<FeedView> {
  if (reading.fuente === 'pms' && reading.estado === 'leida') await feedStates.remember('pms', now);
  const lastGood = reading.estado === 'fallida' ? await feedStates.lastRead(reading.fuente) : undefined;
  return viewOfReading(reading, now, lastGood);
}
