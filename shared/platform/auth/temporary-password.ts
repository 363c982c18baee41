import { randomInt } from 'node:crypto';

const LENGTH = 12;
/** Without characters that are mistaken for one another when read aloud or copied by hand. */
const UPPER = 'ABCDEFGHJKMNPQRSTUVWXYZ';
const LOWER = 'abcdefghijkmnpqrstuvwxyz';
const DIGITS = '23456789';
const SYMBOLS = '!#$%*+-=?@';
const LETTERS_AND_DIGITS = `${UPPER}${LOWER}${DIGITS}`;

function one(alphabet: string): string {
  return alphabet.charAt(randomInt(alphabet.length));
}

/**
 * A password to be used once (`stay-sidekick.md` §2.13): 12 characters, upper and lower case, digits and one symbol at
 * any place. Drawn anew until every class is there, so that all such passwords are equally likely: about 70 bits.
 *
 * @example temporaryPassword() // 'xK7!mQ2nRpLw'
 */
export function temporaryPassword(): string {
  for (;;) {
    const text = Array.from({ length: LENGTH - 1 }, () => one(LETTERS_AND_DIGITS)).join('');
    const place = randomInt(LENGTH);
    if (/[A-Z]/.test(text) && /[a-z]/.test(text) && /\d/.test(text)) {
      return `${text.slice(0, place)}${one(SYMBOLS)}${text.slice(place)}`;
    }
  }
}
