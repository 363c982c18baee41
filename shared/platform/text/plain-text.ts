import { cutText } from './cut-text.ts';

/** Control and format characters, line feed and tab apart: bidi marks and zero-width ones with them. */
const INVISIBLE = /[[\p{Cc}\p{Cf}]--[\n\t]]/gv;
const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;
/** With what is between its tags, which is no text. */
const CODE = /<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi;
/** A `<` glued to a letter opens a tag up to its `>`, or to the end of the text. */
const TAG = /<(?:\/?\p{L}|[!?])[^>]*(?:>|$)/gu;
const LONE_OPENING = /</g;
/** Far above any text that a form takes; bounds the work on what strangers send. */
const MOST_RAW = 20_000;
/** Taking a tag out may put another one together; nobody writes that by accident. */
const MOST_ROUNDS = 5;

/** The text without HTML: tags and comments gone, their inner text kept, that of scripts and styles not. */
export function withoutHtml(text: string): string {
  let left = text;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const stripped = left.replace(COMMENT, '').replace(CODE, '').replace(TAG, '');
    if (stripped === left) return left;
    left = stripped;
  }
  return left.replace(LONE_OPENING, '');
}

/**
 * Free text of a stranger as plain text (`stay-sidekick.md` §2.12): NFC, nothing invisible, no HTML, spaces and blank
 * lines in measure, cut at `most` characters. Nothing is escaped: that is for whoever shows it.
 */
export function freeText(text: string, most = 2_000): string {
  const plain = withoutHtml(text.slice(0, MOST_RAW).normalize('NFC').replace(INVISIBLE, ''))
    .replace(/[^\S\n]+/g, ' ')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return cutText(plain, most).trimEnd();
}

/** A name of a stranger: free text on one line. */
export function nameText(text: string, most = 150): string {
  return freeText(text, most).replace(/\s+/g, ' ').trim();
}
