const CHAR_A = 65;
const LETTERS = 26;

/** Columns of the file format: A to XFD. */
export const MAX_COLUMNS = 16_384;

/**
 * Zero-based index of a column given by its letters, in either case and with spaces around
 * (`stay-sidekick.md` §5.1); `undefined` for anything that is not a column from A to XFD.
 *
 * @example columnIndex('AV') // 47
 */
export function columnIndex(letters: string): number | undefined {
  const name = letters.trim().toUpperCase();
  if (!/^[A-Z]{1,3}$/.test(name)) return undefined;
  let index = 0;
  for (const letter of name) index = index * LETTERS + letter.charCodeAt(0) - CHAR_A + 1;
  return index <= MAX_COLUMNS ? index - 1 : undefined;
}

/**
 * Letters of a zero-based column index.
 *
 * @example columnLetters(47) // 'AV'
 */
export function columnLetters(index: number): string {
  let letters = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / LETTERS)) {
    letters = String.fromCharCode(CHAR_A + ((rest - 1) % LETTERS)) + letters;
  }
  return letters;
}
