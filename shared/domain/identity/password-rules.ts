import { COMMON_PASSWORDS } from './common-passwords.ts';
import { isPredictable } from './predictable-password.ts';

/** What a new password must not resemble. */
export interface PasswordContext {
  readonly email: string;
  readonly username: string;
  readonly companyName: string;
  readonly currentPassword: string;
}

/**
 * Why a password is too easy to guess. `reused`: the current one or hardly another; `common`: among the passwords that
 * are tried first; `predictable`: keyboard runs, sequences, repetitions; `personal`: address, user name or company and little
 * else.
 */
export type PasswordWeakness = 'reused' | 'common' | 'predictable' | 'personal';

const common = new Set(COMMON_PASSWORDS.trim().split(/\s+/));

/** Letters and digits of the password that must be left beside what everybody knows of the person. */
const LEFT_OVER = 5;
/** Shorter words occur in anything. */
const WORD = 4;
/** Edits between the old and the new password that are no change. */
const FEW_EDITS = 2;

const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/**
 * Looks for the weaknesses of NIST SP 800-63B §3.1.1.2: known passwords and words of the context. No rule about kinds
 * of characters, no history (`stay-sidekick.md` §2.13). The password itself is never altered.
 * @returns the first weakness found; undefined when the password may be taken
 */
export function weaknessOf(password: string, context: PasswordContext): PasswordWeakness | undefined {
  const folded = fold(password);
  if (resembles(folded, fold(context.currentPassword))) return 'reused';
  if (isCommon(folded)) return 'common';
  if (isPredictable(folded)) return 'predictable';
  return isPersonal(folded, context) ? 'personal' : undefined;
}

/** Letter case and accents are the first things that a guesser varies. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

function withoutLeet(text: string): string {
  return text.replace(/[013457@$!]/g, (character) => LEET[character] ?? character);
}

/** Without the digits and signs around it: `2026verano!` is as good a guess as `verano`. */
function core(text: string): string {
  return text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
}

function plain(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '');
}

function isCommon(folded: string): boolean {
  // `@` and `$` may stand for a letter at either end, so both orders are looked at.
  const forms = [folded, core(folded), withoutLeet(folded), withoutLeet(core(folded)), core(withoutLeet(folded))];
  return forms.some((form) => common.has(form));
}

function resembles(folded: string, current: string): boolean {
  const [ours, theirs] = [core(folded), core(current)];
  const sameCore = ours.length >= WORD && ours === theirs;
  const samePlain = plain(folded) !== '' && plain(folded) === plain(current);
  return sameCore || samePlain || editsBetween(folded, current) <= FEW_EDITS;
}

/** Levenshtein distance, row by row. */
function editsBetween(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, position) => position);
  for (const [row, character] of [...a].entries()) {
    const current = [row + 1];
    for (const [column, other] of [...b].entries()) {
      const replaced = (previous[column] ?? 0) + (character === other ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}

/** Local part and domain names of the address, words of the names of user and company, each also joined; longest first. */
function knownWords({ email, username, companyName }: PasswordContext): readonly string[] {
  const [local = '', domain = ''] = fold(email).split('@');
  const names = [local, fold(username), fold(companyName), ...domain.split('.').slice(0, -1)];
  const words = names.flatMap((name) => [plain(name), ...name.split(/[^\p{L}\p{N}]+/u)]);
  return [...new Set(words)].filter((word) => word.length >= WORD).sort((a, b) => b.length - a.length);
}

function isPersonal(folded: string, context: PasswordContext): boolean {
  const words = knownWords(context);
  return [plain(folded), plain(withoutLeet(folded))].some((text) => {
    const left = words.reduce((rest, word) => rest.replaceAll(word, ''), text);
    return left.length < text.length && left.length < LEFT_OVER;
  });
}
