/** Rows and slanted columns of a keyboard. */
const KEYBOARD = [
  '1234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz',
  '2wsx',
  '3edc',
  '4rfv',
  '5tgb',
  '6yhn',
  '7ujm',
];

/** Characters in a run that make it one step of a guesser's mind. */
const SHORTEST_RUN = 3;
/** Steps, after runs are counted as one, below which nothing is left to guess. */
const FEWEST_STEPS = 5;
/** Longest piece whose repetition is no password: `abcabcabc`. */
const LONGEST_PIECE = 4;

/** Eight digits that are a day of the last or this century, day, month or year first, e.g. `01121988`. */
const DATE = /^((0[1-9]|[12]\d|3[01]){2}(19|20)\d\d|(19|20)\d\d(0[1-9]|[12]\d|3[01]){2})$/;

/** True for text that is a date or is made of keyboard runs, sequences and repetitions; expects lower case. */
export function isPredictable(text: string): boolean {
  return DATE.test(text) || isRepeated(text) || stepsOf(text) < FEWEST_STEPS;
}

function isRepeated(text: string): boolean {
  const period = `${text}${text}`.indexOf(text, 1);
  return period <= LONGEST_PIECE && period < text.length;
}

/** The directions in which `b` follows `a`: none, or several at once. */
function directions(a: string, b: string): readonly string[] {
  const distance = b.charCodeAt(0) - a.charCodeAt(0);
  const alphabet = /[a-z0-9]/.test(a) && /[a-z0-9]/.test(b) && Math.abs(distance) === 1 ? [`step ${distance}`] : [];
  const keys = KEYBOARD.flatMap((row) => {
    const apart = row.indexOf(b) - row.indexOf(a);
    return row.includes(a) && row.includes(b) && Math.abs(apart) === 1 ? [`${row} ${apart}`] : [];
  });
  return [...(a === b ? ['same'] : []), ...alphabet, ...keys];
}

function stepsOf(text: string): number {
  const characters = [...text];
  let steps = 0;
  let start = 0;
  while (start < characters.length) {
    const length = runLength(characters, start);
    steps += length >= SHORTEST_RUN ? 1 : length;
    start += length;
  }
  return steps;
}

/** Characters from `start` on that follow each other in one direction. */
function runLength(characters: readonly string[], start: number): number {
  let way: readonly string[] | undefined;
  let end = start + 1;
  for (; end < characters.length; end += 1) {
    const next = directions(characters[end - 1] ?? '', characters[end] ?? '');
    const kept = way === undefined ? next : way.filter((direction) => next.includes(direction));
    if (kept.length === 0) break;
    way = kept;
  }
  return end - start;
}
