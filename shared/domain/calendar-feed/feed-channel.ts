/** Who sends a feed (`integrations.md` §6.2). */
export const FEED_CHANNELS = ['airbnb', 'booking', 'vrbo', 'other'] as const;
export type FeedChannel = (typeof FEED_CHANNELS)[number];

/** Slug of a booking's source for stays of a channel (`aristay.md` §6.5). */
export const SOURCE_OF: Readonly<Record<FeedChannel, string>> = {
  airbnb: 'airbnb',
  booking: 'booking_com',
  vrbo: 'vrbo',
  other: 'ical',
};

const MARKS: readonly (readonly [RegExp, FeedChannel])[] = [
  [/(^|[.@/])airbnb\b/i, 'airbnb'],
  [/(^|[.@/ ])booking\.com\b/i, 'booking'],
  [/(^|[.@/ -])(vrbo|homeaway|abritel|fewo-direkt)\b/i, 'vrbo'],
];

/** What tells where a feed comes from: the strongest first. */
export interface FeedOrigin {
  /** Host of its address. */
  readonly host: string;
  /** `PRODID`. */
  readonly producer: string;
  /** A uid of one of its events. */
  readonly uid: string;
}

/** @example channelOfFeed({ host: 'www.airbnb.es', producer: '', uid: '' }) // 'airbnb' */
export function channelOfFeed({ host, producer, uid }: FeedOrigin): FeedChannel {
  for (const text of [host, producer, uid]) {
    const found = MARKS.find(([mark]) => mark.test(text));
    if (found !== undefined) return found[1];
  }
  return 'other';
}
