import { compared, type Property } from '../property/property.ts';

/** Which property a label means. */
export type LabelMatch =
  | { readonly kind: 'found'; readonly property: Property }
  | { readonly kind: 'ambiguous' }
  | { readonly kind: 'unknown' };

function collapsed(name: string): string {
  return compared(name)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * Finds properties by the labels of a file: by name in any letter case, then without punctuation, then as the only one
 * whose name holds the label (`aristay.md` §6.4). Labels repeat down a sheet, so each is looked for once.
 *
 * @param properties the live ones of the company
 */
export function labelMatcher(properties: readonly Property[]): (label: string) => LabelMatch {
  const known = new Map<string, LabelMatch>();
  const find = (label: string): LabelMatch => {
    for (const named of [
      properties.filter(({ name }) => compared(name) === compared(label)),
      properties.filter(({ name }) => collapsed(name) === collapsed(label) && collapsed(label) !== ''),
      properties.filter(({ name }) => compared(name).includes(compared(label))),
    ]) {
      const [only, ...others] = named;
      if (only !== undefined) return others.length === 0 ? { kind: 'found', property: only } : { kind: 'ambiguous' };
    }
    return { kind: 'unknown' };
  };
  return (label) => {
    const match = known.get(label) ?? find(label);
    known.set(label, match);
    return match;
  };
}
