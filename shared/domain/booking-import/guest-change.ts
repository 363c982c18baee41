/** How two spellings of a guest's name differ (`aristay.md` §6.8). */
export const GUEST_CHANGES = [
  'missing_data',
  'diacritics_only',
  'encoding_correction',
  'minor_correction',
  'significant_change',
] as const;
export type GuestChange = (typeof GUEST_CHANGES)[number];

const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  Ø: 'O',
  ø: 'o',
  Ł: 'L',
  ł: 'l',
  Æ: 'AE',
  æ: 'ae',
  Œ: 'OE',
  œ: 'oe',
};

function plain(name: string): string {
  const spelled = name.replace(/[ßØøŁłÆæŒœ]/g, (letter) => LETTERS[letter] ?? letter);
  return spelled.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** @param current the name that is known @param excel the name in the file */
export function guestChange(current: string, excel: string): GuestChange {
  if (current.trim() === '' || excel.trim() === '') return 'missing_data';
  if (plain(current) === plain(excel)) return 'diacritics_only';
  const isAscii = (text: string) => /^[\x20-\x7e]*$/.test(text);
  if (!isAscii(current) && isAscii(excel) && excel.length < current.length) return 'encoding_correction';
  const [a, b] = [new Set(plain(current)), new Set(plain(excel))];
  const shared = [...a].filter((letter) => b.has(letter)).length;
  const close = Math.abs(current.length - excel.length) <= 2;
  if (close && shared / Math.max(current.length, excel.length) > 0.5) return 'minor_correction';
  return 'significant_change';
}

/** Whether the difference looks like a name that was garbled on its way. */
export function isLikelyEncodingIssue(change: GuestChange): boolean {
  return change === 'diacritics_only' || change === 'encoding_correction';
}
