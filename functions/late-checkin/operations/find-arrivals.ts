import type { ApartmentRepository } from '../../../shared/domain/apartment/apartment.repository.ts';
import { type Arrival, arrivalsOfDay } from '../../../shared/domain/arrival/arrivals-of-day.ts';
import { serviceDateOf } from '../../../shared/domain/arrival/service-day.ts';
import { openArrival, type StoredArrival } from '../../../shared/domain/arrival-import/stored-arrival.ts';
import type { CompanyAtWork } from '../../../shared/domain/company/company.repository.ts';
import type { Reservation } from '../../../shared/domain/reservation/reservation.ts';
import type { DataKey } from '../../../shared/platform/crypto/sealed.ts';

/** One place that reservations come from; asked for a check-in date, it may fail without the others. */
export interface ReservationFeed {
  /** How errors name it to the tenant. */
  readonly name: string;
  reservationsOn(checkIn: string): Promise<readonly Reservation[]>;
}

/** Arrivals of S3 drops as a feed; the key is asked for only when there is something to open. */
export function dropsFeed(
  arrivals: { listOn(day: string, now: Date): Promise<readonly StoredArrival[]> },
  dataKey: () => Promise<DataKey>,
  now: Date,
): ReservationFeed {
  return {
    name: 'ficheros de llegadas',
    async reservationsOn(checkIn) {
      const stored = await arrivals.listOn(checkIn, now);
      if (stored.length === 0) return [];
      const key = await dataKey();
      return stored.map((row) => openArrival(key, row));
    },
  };
}

/** What the sources knew of one service day. */
export interface FoundArrivals {
  readonly serviceDay: string;
  readonly arrivals: readonly Arrival[];
  /** A sentence for each source that failed; the others count all the same. */
  readonly errors: readonly string[];
}

/** Asks every feed for the service day and puts their answers together. */
export async function findArrivals(
  atWork: CompanyAtWork,
  feeds: readonly ReservationFeed[],
  apartments: Pick<ApartmentRepository, 'list'>,
  now: Date,
): Promise<FoundArrivals> {
  const zone = atWork.company.zona_horaria;
  const serviceDay = serviceDateOf(now, zone);
  const answers = await Promise.allSettled(feeds.map((feed) => feed.reservationsOn(serviceDay)));
  const reservations = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  const errors = feeds.flatMap(({ name }, at) =>
    answers[at]?.status === 'rejected' ? [`No se han podido leer los ${name}. Se volverá a intentar.`] : [],
  );
  // The catalogue is read only for a day with arrivals: most companies, most quarters of an hour, have none.
  const catalogue = reservations.length > 0 ? await apartments.list() : [];
  const { arrivals } = arrivalsOfDay(reservations, { zone, cutoff: atWork.lateCheckin.hora_corte, catalogue }, now);
  return { serviceDay, arrivals, errors };
}
