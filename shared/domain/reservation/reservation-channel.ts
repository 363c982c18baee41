import * as z from 'zod';

/** Where a reservation was sold (`integrations.md` §0.1). */
export const reservationChannel = z.enum([
  'airbnb',
  'booking',
  'vrbo',
  'expedia',
  'google',
  'tripadvisor',
  'agoda',
  'direct',
  'website',
  'ical',
  'other',
]);
export type ReservationChannel = z.output<typeof reservationChannel>;

/** What a provider's text begins with, once lower-cased and without punctuation; brands before common words. */
const BEGINNINGS: ReadonlyArray<readonly [string, ReservationChannel]> = [
  ['airbnb', 'airbnb'],
  ['bookingengine', 'website'],
  ['booking', 'booking'],
  ['vrbo', 'vrbo'],
  ['homeaway', 'vrbo'],
  ['abritel', 'vrbo'],
  ['fewodirekt', 'vrbo'],
  ['expedia', 'expedia'],
  ['hotelscom', 'expedia'],
  ['google', 'google'],
  ['tripadvisor', 'tripadvisor'],
  ['agoda', 'agoda'],
  ['website', 'website'],
  ['direct', 'direct'],
  ['owner', 'direct'],
  ['manual', 'direct'],
  ['phone', 'direct'],
  ['email', 'direct'],
  ['walkin', 'direct'],
  ['ical', 'ical'],
];

/**
 * Channel of a provider's text; unknown ones are `other`, so the caller keeps the text in `channel_raw`.
 *
 * @example channelOf('Booking.com') // 'booking'
 */
export function channelOf(text: string): ReservationChannel {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/^www/, '');
  return BEGINNINGS.find(([beginning]) => plain.startsWith(beginning))?.[1] ?? 'other';
}
