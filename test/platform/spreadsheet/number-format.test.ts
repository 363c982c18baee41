import { describe, expect, it } from 'vitest';
import { builtInFormatKind, formatKind } from '../../../shared/platform/spreadsheet/number-format.ts';

describe('formatKind', () => {
  it.each([
    ['General', 'number'],
    ['GENERAL', 'number'],
    ['0', 'number'],
    ['#,##0.00 €', 'number'],
    ['0.00E+00', 'number'],
    ['##0.0E-0', 'number'],
    ['@', 'number'],
    ['', 'number'],
    ['0" días"', 'number'],
    ['0\\d\\h', 'number'],
    ['[Red]0.00', 'number'],
    ['[Magenta][<=9999999]###-####;(###) ###-####', 'number'],
    ['[$€-C0A] #,##0', 'number'],
    ['_-* #,##0.00_-;\\-* #,##0.00_-', 'number'],
    ['_d0_m', 'number'],
    ['# ?/?', 'number'],
    ['0;"dd/mm/yyyy"', 'number'],
    ['0;dd/mm/yyyy', 'number'],
    ['"sin cerrar dd', 'number'],
    ['[sin cerrar dd', 'number'],
    ['dd/mm/yyyy', 'date'],
    ['d-mmm-yy', 'date'],
    ['mm', 'date'],
    ['mmm-yy', 'date'],
    ['DD/MM/YYYY', 'date'],
    ['[$-C0A]d" de "mmmm" de "yyyy;@', 'date'],
    ['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', 'date'],
    ['[Blue]yyyy\\-mm\\-dd', 'date'],
    ['yyyy"h"mm', 'date'],
    ['[$-411]ge.m.d', 'date'],
    ['hh:mm', 'time'],
    ['h:mm AM/PM', 'time'],
    ['h A/P', 'time'],
    ['mm:ss', 'time'],
    ['mm:ss.0', 'time'],
    ['ss', 'time'],
    ['[$-F400]h:mm:ss\\ AM/PM', 'time'],
    ['h"h "mm"m"', 'time'],
    ['dd/mm/yyyy hh:mm', 'dateTime'],
    ['yyyy-mm-dd"T"hh:mm:ss', 'dateTime'],
    ['m/d/yy h:mm', 'dateTime'],
    ['[h]:mm', 'duration'],
    ['[hh]:mm:ss', 'duration'],
    ['[mm]:ss', 'duration'],
    ['[s]', 'duration'],
    ['[Red][h]:mm', 'duration'],
  ])('%j shows a %s', (code, kind) => {
    expect(formatKind(code)).toBe(kind);
  });
});

describe('builtInFormatKind', () => {
  it.each([
    [0, 'number'],
    [2, 'number'],
    [9, 'number'],
    [11, 'number'],
    [13, 'number'],
    [14, 'date'],
    [17, 'date'],
    [18, 'time'],
    [21, 'time'],
    [22, 'dateTime'],
    [37, 'number'],
    [45, 'time'],
    [46, 'duration'],
    [47, 'time'],
    [49, 'number'],
    [163, 'number'],
  ])('format %i shows a %s', (id, kind) => {
    expect(builtInFormatKind(id)).toBe(kind);
  });
});
