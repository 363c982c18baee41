import * as z from 'zod';
import type { Log } from '../../platform/log/log.ts';
import { PmsFailed } from '../pms/pms-failed.ts';
import type { Reservation } from '../reservation/reservation.ts';

/** Where arrivals come from: dropped files, the platform's own bookings, the connected PMS. */
export const feedName = z.enum(['ficheros', 'reservas', 'pms']);
export type FeedName = z.output<typeof feedName>;

/** What a source said, and of when it is; null where nothing tells. */
export interface FeedAnswer {
  readonly reservations: readonly Reservation[];
  readonly observedAt: Date | null;
}

/** One source of a company, asked for a check-in date; it may fail without the others. */
export interface ArrivalFeed {
  readonly fuente: FeedName;
  /** Undefined: the company has not connected it. */
  read(day: string): Promise<FeedAnswer | undefined>;
}

/** How one source answered. */
export type FeedReading = { readonly fuente: FeedName } & (
  | { readonly estado: 'leida'; readonly answer: FeedAnswer }
  | { readonly estado: 'sin_conectar' }
  | { readonly estado: 'fallida'; readonly error: string }
);

const WHAT: Readonly<Record<FeedName, string>> = {
  ficheros: 'los ficheros de llegadas',
  reservas: 'las reservas propias',
  pms: 'las reservas del PMS',
};

/** Asks every source at once; one that fails says so in a sentence, and the others count all the same. */
export async function readFeeds(feeds: readonly ArrivalFeed[], day: string, log: Log): Promise<readonly FeedReading[]> {
  return Promise.all(
    feeds.map(async ({ fuente, read }): Promise<FeedReading> => {
      try {
        const answer = await read(day);
        return answer === undefined ? { fuente, estado: 'sin_conectar' } : { fuente, estado: 'leida', answer };
      } catch (thrown) {
        log.error('FEED_FAILED', thrown, { feed: fuente });
        return { fuente, estado: 'fallida', error: sentenceOf(fuente, thrown) };
      }
    }),
  );
}

/** Everything that the sources which answered know. */
export function reservationsIn(readings: readonly FeedReading[]): readonly Reservation[] {
  return readings.flatMap((reading) => (reading.estado === 'leida' ? reading.answer.reservations : []));
}

function sentenceOf(fuente: FeedName, thrown: unknown): string {
  if (thrown instanceof PmsFailed) return thrown.sentence;
  return `No se han podido leer ${WHAT[fuente]}. Se volverá a intentar.`;
}
