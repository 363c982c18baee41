import { describe, expect, it } from 'vitest';
import { jsonOf } from '../../../shared/platform/outbound/outbound-call.ts';
import { CellText } from '../../../shared/platform/spreadsheet/string-item.ts';
import { cutText } from '../../../shared/platform/text/cut-text.ts';

describe('half a character', () => {
  it.each([
    ['{"a":"Ana \\ud83d","b":["\\uDE00"]}', { a: 'Ana \ufffd', b: ['\ufffd'] }],
    ['{"a":"\\ud83d\\ude00 \u{1f600} \\\\ud83d"}', { a: '\u{1f600} \u{1f600} \\ud83d' }],
    ['"ñ"', 'ñ'],
  ])('of %s does not come in with the answer of a service', (text, value) => {
    expect(jsonOf({ status: 200, headers: new Headers(), text })).toEqual(value);
  });

  it('is not made where a text is cut', () => {
    expect(['a\u{1f600}b', 'ab', ''].map((text) => cutText(text, 2))).toEqual(['a', 'ab', '']);
    expect(cutText('a\u{1f600}b', 3)).toBe('a\u{1f600}');
  });

  it('is not read out of a cell', () => {
    const cell = new CellText(100);
    cell.append('Ana _xD83D_ _xD83D__xDE00_');
    expect(cell.take()).toBe('Ana \ufffd \u{1f600}');
  });
});
