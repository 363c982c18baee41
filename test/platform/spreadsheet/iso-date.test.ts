import { describe, expect, it } from 'vitest';
import { isoCell } from '../../../shared/platform/spreadsheet/iso-date.ts';

describe('isoCell', () => {
  it.each([
    ['2026-06-03', { kind: 'date', value: '2026-06-03' }],
    ['2026-06-03T20:15:30', { kind: 'dateTime', value: '2026-06-03T20:15:30' }],
    ['2026-06-03T20:15:30.123Z', { kind: 'dateTime', value: '2026-06-03T20:15:30' }],
    ['2026-06-03T20:15:30+02:00', { kind: 'dateTime', value: '2026-06-03T20:15:30' }],
    ['2026-06-03T20:15', { kind: 'dateTime', value: '2026-06-03T20:15:00' }],
    ['2026-06-03T00:00:00', { kind: 'dateTime', value: '2026-06-03T00:00:00' }],
    ['20:15:30', { kind: 'time', value: '20:15:30' }],
    ['T20:15', { kind: 'time', value: '20:15:00' }],
    ['2026-02-30', { kind: 'text', value: '2026-02-30' }],
    ['2026-06-03T25:00:00', { kind: 'text', value: '2026-06-03T25:00:00' }],
    ['12:60', { kind: 'text', value: '12:60' }],
    ['Z', { kind: 'text', value: 'Z' }],
    ['mañana', { kind: 'text', value: 'mañana' }],
  ])('%s', (text, cell) => {
    expect(isoCell(text, 'number')).toEqual(cell);
  });

  it('is a day where the format shows no time and there is none', () => {
    expect(isoCell('2026-06-03T00:00:00', 'date')).toEqual({ kind: 'date', value: '2026-06-03' });
    expect(isoCell('2026-06-03T09:00:00', 'date')).toEqual({ kind: 'dateTime', value: '2026-06-03T09:00:00' });
  });
});
