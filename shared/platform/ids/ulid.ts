import { randomBytes } from 'node:crypto';

/** Crockford's base 32: no I, L, O, U. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_DIGITS = 10;
const RANDOM_BYTES = 10;

/** Makes prefixed ULIDs; an input like the clock, so that tests can predict it. */
export type NewUlid = (prefix: string, now: Date) => string;

/**
 * A prefix and a ULID: 48 bits of time and 80 random ones in 26 characters that sort by creation.
 *
 * @example prefixedUlid('msg', now) // 'msg_01J9ZK6T3Q8V5W2X4Y6Z7A8B9C'
 */
export const prefixedUlid: NewUlid = (prefix, now) =>
  ulidTime(prefix, now) + inBase32(randomNumber(), 26 - TIME_DIGITS);

/** The part of a prefixed ULID that all of one millisecond share: bounds for a range of ids. */
export function ulidTime(prefix: string, at: Date): string {
  return `${prefix}_${inBase32(BigInt(at.getTime()), TIME_DIGITS)}`;
}

function randomNumber(): bigint {
  return BigInt(`0x${randomBytes(RANDOM_BYTES).toString('hex')}`);
}

function inBase32(value: bigint, length: number): string {
  let left = value;
  let text = '';
  for (let digit = 0; digit < length; digit += 1) {
    text = `${DIGITS[Number(left & 31n)]}${text}`;
    left >>= 5n;
  }
  return text;
}
