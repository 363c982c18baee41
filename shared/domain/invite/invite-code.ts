import { randomInt } from 'node:crypto';

/** `A–Z2–9` without what is mistaken for something else when read aloud or copied by hand. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const LENGTH = 8;

/** A new code (`aristay.md` §7.5): 40 random bits behind `INV`. */
export function newInviteCode(): string {
  return `INV${Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('')}`;
}

/** A code as it is kept and looked up, however it was typed. */
export function normalizeInviteCode(text: string): string {
  return text.trim().toUpperCase();
}
