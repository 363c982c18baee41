import { describe, expect, it } from 'vitest';
import { columnIndex, columnLetters } from '../../../shared/platform/spreadsheet/column.ts';

describe('columnIndex', () => {
  it.each([
    ['A', 0],
    ['Z', 25],
    ['AA', 26],
    ['AV', 47],
    ['BJ', 61],
    ['ZZ', 701],
    ['AAA', 702],
    ['XFD', 16_383],
    [' av ', 47],
  ])('%j is column %i', (letters, index) => {
    expect(columnIndex(letters)).toBe(index);
  });

  it.each(['', ' ', 'XFE', 'ZZZ', 'AAAA', 'A1', '1', 'Ñ', 'A B', '-'])('%j is no column', (letters) => {
    expect(columnIndex(letters)).toBeUndefined();
  });

  it('is undone by columnLetters over all columns of the format', () => {
    for (let index = 0; index < 16_384; index += 1) expect(columnIndex(columnLetters(index))).toBe(index);
  });
});
