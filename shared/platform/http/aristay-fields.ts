import * as z from 'zod';

/** Fields as the Aristay API reads them from JSON, forms and queries (`aristay.md` §1.3, §1.6). */

function trimmed(value: unknown): unknown {
  return typeof value === 'string' ? value.trim() : value;
}

/** A filter of a list: an empty value means that nothing is filtered. */
export function filter<S extends z.ZodType>(schema: S) {
  return z.preprocess((value) => (trimmed(value) === '' ? undefined : value), schema.optional());
}

/** An enumeration, trimmed and read in any letter case; `aliases` are other words for its values, in lower case. */
export function choiceField<const V extends string>(
  values: readonly [V, ...V[]],
  aliases: Readonly<Record<string, V>> = {},
) {
  return z.preprocess((value) => {
    if (typeof value !== 'string') return value;
    const wanted = value.trim().toLowerCase();
    return aliases[wanted] ?? values.find((known) => known.toLowerCase() === wanted) ?? value;
  }, z.enum(values));
}

/** A whole number, also written as a text. */
export function integerField(limits: { readonly min?: number; readonly max?: number } = {}) {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = limits;
  const digits = (value: unknown) => {
    const text = trimmed(value);
    return typeof text === 'string' && /^[+-]?\d+$/.test(text) ? Number(text) : value;
  };
  return z.preprocess(digits, z.int({ error: integerSentence }).min(min).max(max));
}

/** Left to the surface for what is missing, null or out of bounds. */
function integerSentence({ code, input }: { readonly code?: string; readonly input?: unknown }): string | undefined {
  return code === 'invalid_type' && input !== undefined && input !== null ? 'A valid integer is required.' : undefined;
}

const TRUE_WORDS = new Set(['true', '1', 'yes', 'on']);
const FALSE_WORDS = new Set(['false', '0', 'no', 'off']);

/** A flag, also written as a word or a digit. */
export function booleanField() {
  return z.preprocess((value) => {
    const word = String(trimmed(value)).toLowerCase();
    if (TRUE_WORDS.has(word)) return true;
    return FALSE_WORDS.has(word) ? false : value;
  }, z.boolean());
}

/** A text, trimmed, of at most `max` characters; it may be blank. */
export function textField(max: number) {
  return z.preprocess(trimmed, z.string().max(max));
}

/** A text, trimmed, of 1 to `max` characters. */
export function requiredText(max: number) {
  return z.preprocess(trimmed, z.string().min(1).max(max));
}

const LARGEST_ID = 15;

/** An integer in a path; anything else is the id of nothing, which the pipeline answers with 404. */
export const idParam = z
  .string()
  .regex(new RegExp(`^[1-9]\\d{0,${LARGEST_ID - 1}}$`))
  .transform(Number);

/** Parameters of a path with an id of this prefix (`prefixedUlid`): anything that is no id of ours is the id of nothing. */
export function ulidParams(prefix: string) {
  return z.object({ id: z.string().regex(new RegExp(`^${prefix}_[0-9A-HJKMNP-TV-Z]{26}$`)) });
}
