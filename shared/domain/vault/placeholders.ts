/**
 * A name in braces that is filled in later, e.g. `{NOMBRE}`. Wider than the names that the tools offer: whatever
 * somebody has put into braces as one word has to come through unharmed.
 */
const PLACEHOLDER = /\{[\p{L}\p{N}_]+\}/gu;

/** The placeholders of a text, each once. */
export function placeholdersOf(text: string): readonly string[] {
  return [...new Set(text.match(PLACEHOLDER) ?? [])];
}

/** Placeholders of the original that an answer lacks, exactly as they were written (D-57). */
export function lostPlaceholders(original: string, answer: string): readonly string[] {
  const kept = new Set(placeholdersOf(answer));
  return placeholdersOf(original).filter((placeholder) => !kept.has(placeholder));
}
