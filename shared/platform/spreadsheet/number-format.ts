/** What a number format makes of a number. */
export type FormatKind = 'number' | 'date' | 'time' | 'dateTime' | 'duration';

/**
 * Formats that have an id and no code in the file (ECMA-376 part 1, §18.8.30). Of the East Asian ones only those
 * that mean the same in every locale are listed.
 */
const BUILT_IN: ReadonlyMap<number, FormatKind> = new Map<number, FormatKind>([
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 54, 57, 58].map((id) => [id, 'date'] as const),
  ...[18, 19, 20, 21, 32, 33, 34, 35, 45, 47].map((id) => [id, 'time'] as const),
  [22, 'dateTime'],
  [46, 'duration'],
]);

export function builtInFormatKind(id: number): FormatKind {
  return BUILT_IN.get(id) ?? 'number';
}

/** What a code shows as it is (quoted, escaped, filler), and brackets that are no elapsed time: colour, condition, locale. */
const LITERAL = /"[^"]*"?|[\\_*].?|\[(?!h+\]|m+\]|s+\])[^\]]*\]?|general|e[+-]/g;
const TOKEN = /\[[hms]+\]|am\/pm|a\/p|[yebg]+|m+|d+|h+|s+/g;

const HOURS = /^\[?h/;
const SECONDS = /^\[?s/;

/**
 * Kind of a custom format code, from its first section. `m` is minutes after hours or before seconds, else months.
 *
 * @example formatKind('[$-C0A]d" de "mmmm" de "yyyy;@') // 'date'
 */
export function formatKind(code: string): FormatKind {
  const section = code.toLowerCase().replace(LITERAL, ' ').split(';', 1)[0] ?? '';
  const tokens = section.match(TOKEN) ?? [];
  const units = tokens.filter((token) => !token.startsWith('a'));
  const isMinutes = (index: number) => HOURS.test(units[index - 1] ?? '') || SECONDS.test(units[index + 1] ?? '');
  const date = units.some((unit, index) => /^[yebgd]/.test(unit) || (unit.startsWith('m') && !isMinutes(index)));
  const elapsed = units.some((unit) => unit.startsWith('['));
  const time =
    tokens.some((token) => /^[hsa]/.test(token)) || units.some((unit, i) => unit.startsWith('m') && isMinutes(i));
  if (elapsed && !date) return 'duration';
  if (date) return time || elapsed ? 'dateTime' : 'date';
  return time ? 'time' : 'number';
}
