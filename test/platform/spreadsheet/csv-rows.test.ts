import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../shared/platform/spreadsheet/csv-rows.ts';
import { SpreadsheetError } from '../../../shared/platform/spreadsheet/spreadsheet-error.ts';
import { DEFAULT_SPREADSHEET_LIMITS } from '../../../shared/platform/spreadsheet/spreadsheet-limits.ts';

const texts = (bytes: string | Uint8Array) =>
  readCsv(typeof bytes === 'string' ? Buffer.from(bytes) : bytes).map(({ number, cells }) => [
    number,
    ...cells.map((cell) => (cell.kind === 'text' ? cell.value : null)),
  ]);

function refusalOf(bytes: Uint8Array, limits = DEFAULT_SPREADSHEET_LIMITS): SpreadsheetError {
  try {
    readCsv(bytes, limits);
  } catch (thrown) {
    if (thrown instanceof SpreadsheetError) return thrown;
  }
  throw new Error('The file was taken');
}

describe('a CSV file (aristay.md §6.1)', () => {
  it.each([',', ';', '\t'])('is divided by %j where its header is', (sign) => {
    expect(texts(['Name', 'Check, in; out'].join(sign).replace('Check, in; out', '"Check, in; out"'))).toEqual([
      [1, 'Name', 'Check, in; out'],
    ]);
  });

  it.each(['\r\n', '\n', '\r'])('has its lines ended by %j, and blank ones keep their numbers', (end) => {
    expect(texts(['a,b', '', '1,', ',2'].join(end))).toEqual([
      [1, 'a', 'b'],
      [3, '1'],
      [4, null, '2'],
    ]);
  });

  it('holds quotes and lines within its quotes', () => {
    expect(texts('a,b\n"Ana ""la"" García","one\ntwo"\n')).toEqual([
      [1, 'a', 'b'],
      [2, 'Ana "la" García', 'one\ntwo'],
    ]);
  });

  it.each([
    ['UTF-8', Buffer.from('Peña,€')],
    ['UTF-8 with a mark', Buffer.from('\uFEFFPeña,€')],
    ['Windows-1252', Buffer.from([0x50, 0x65, 0xf1, 0x61, 0x2c, 0x80])],
  ])('is read as %s', (_, bytes) => expect(texts(bytes)).toEqual([[1, 'Peña', '€']]));

  it.each([
    ['UTF-16, as Excel writes its Unicode text', Buffer.from('\uFEFFName\tStart\n', 'utf16le')],
    ['a workbook under another name', Buffer.from('PK\u0003\u0004')],
    ['quotes that never end', Buffer.from('a,b\n"1,2\n')],
  ])('is refused as no CSV: %s', (_, bytes) => {
    const refusal = refusalOf(bytes);
    expect(refusal.reason).toBe('not_csv');
    expect(refusal.message).toContain('«CSV UTF-8»');
    expect(refusal.messageIn('en')).toContain('“CSV UTF-8”');
  });

  it('is refused when it has nothing, or more than is taken', () => {
    const limits = { ...DEFAULT_SPREADSHEET_LIMITS, cells: 3, columns: 2, cellCharacters: 5, fileBytes: 40 };
    const reason = (text: string) => refusalOf(Buffer.from(text), limits).reason;
    expect(['', 'a,b,c', 'a,b\nc,d', 'abcdef', 'x'.repeat(41)].map(reason)).toEqual([
      'empty_file',
      'too_many_columns',
      'too_many_cells',
      'cell_too_long',
      'too_large',
    ]);
  });
});
