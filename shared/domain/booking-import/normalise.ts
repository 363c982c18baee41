import { createHash } from 'node:crypto';
import type { BookingStatus } from '../booking/booking.ts';

/** Words in the file's status, in the order in which they are looked for (`aristay.md` §6.5). */
const STATUS_WORDS: readonly (readonly [status: BookingStatus, words: readonly string[]])[] = [
  ['cancelled', ['cancelled', 'canceled']],
  ['completed', ['completed', 'checked out', 'checked_out']],
  ['owner_staying', ['owner staying', 'owner_staying']],
  ['currently_hosting', ['currently hosting', 'checked in', 'checking out today']],
  ['booked', ['pending', 'requested', 'booked']],
];

/** The status that a file's text means: one table for what is created and what is updated. */
export function statusOfText(text: string): BookingStatus {
  const lower = text.trim().toLowerCase();
  if (lower === '') return 'booked';
  return STATUS_WORDS.find(([, words]) => words.some((word) => lower.includes(word)))?.[0] ?? 'confirmed';
}

/** What stands in the code column of every direct row and names none of them. */
const GENERIC_CODES = new Set(['directly', 'direct', 'owner staying', 'owner', 'walk-in', 'phone', 'email']);

/** Whether the text is the channel's own code of a booking. */
export function isOwnCode(text: string): boolean {
  return text !== '' && !GENERIC_CODES.has(text.toLowerCase());
}

/**
 * The code of a row without one: the same for the same guest, property and day, so that a file imported twice finds its
 * bookings (`aristay.md` §6.12).
 */
export function generatedCode(row: {
  readonly empresaId: string;
  readonly propertyId: number;
  readonly guestName: string;
  /** `YYYY-MM-DD` at the property. */
  readonly checkIn: string;
}): string {
  const text = [row.empresaId, row.propertyId, row.guestName.toLowerCase(), row.checkIn].join('|');
  return `DIR-${createHash('sha256').update(text).digest('hex').slice(0, 8).toUpperCase()}`;
}

/** An amount with the comma between thousands, as the files of channels have it, or before the decimals. */
const AMOUNTS: readonly (readonly [shape: RegExp, thousands: RegExp])[] = [
  [/^-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/, /,/g],
  [/^-?(\d+|\d{1,3}(\.\d{3})+),\d{1,2}$/, /\./g],
];

/**
 * An amount as people write it, with two decimals; undefined for what is none (`aristay.md` §6.4). A comma that cannot
 * stand between thousands stands before the decimals: `412,50` is no forty thousand.
 * @example amountOf('$1,250.5') // '1250.50'
 */
export function amountOf(text: string): string | undefined {
  const plain = text.replace(/[$€\s]/g, '');
  const [, thousands] = AMOUNTS.find(([shape]) => shape.test(plain)) ?? [];
  if (thousands === undefined) return undefined;
  const number = plain.replace(thousands, '').replace(',', '.');
  return /^-?\d{1,8}(\.|$)/.test(number) ? Number(number).toFixed(2) : undefined;
}

/** A number of people; `fallback` for a blank or unreadable one, and never below it or 0. */
export function peopleOf(text: string, fallback: 0 | 1): number {
  const count = /^-?\d{1,5}$/.test(text) ? Number(text) : fallback;
  return count < 0 ? fallback : count;
}
