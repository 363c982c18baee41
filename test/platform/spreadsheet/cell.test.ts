import { describe, expect, it } from 'vitest';
import {
  type Cell,
  cellAt,
  cellDate,
  cellText,
  cellTime,
  compactText,
} from '../../../shared/platform/spreadsheet/cell.ts';

describe('cellText', () => {
  const cases: [string, Cell, string][] = [
    ['trims text', { kind: 'text', value: '  Ana \n' }, 'Ana'],
    ['prints integers without decimals', { kind: 'number', value: 666111444 }, '666111444'],
    ['prints floats with their decimals', { kind: 'number', value: 9.5 }, '9.5'],
    ['prints integral floats as the file spells them', { kind: 'number', value: 7, float: true }, '7.0'],
    ['never prints an integer in scientific notation', { kind: 'number', value: 1e21 }, '1000000000000000000000'],
    ['prints true', { kind: 'boolean', value: true }, 'TRUE'],
    ['prints false', { kind: 'boolean', value: false }, 'FALSE'],
    ['prints dates', { kind: 'date', value: '2026-06-03' }, '2026-06-03'],
    ['prints dates with time', { kind: 'dateTime', value: '2026-06-03T20:00:00' }, '2026-06-03T20:00:00'],
    ['prints times', { kind: 'time', value: '20:00:00' }, '20:00:00'],
    ['prints durations', { kind: 'duration', seconds: 25 * 3600 + 61 }, '25:01:01'],
    ['prints negative durations', { kind: 'duration', seconds: -90 }, '-0:01:30'],
    ['has no text for an error', { kind: 'error', value: '#N/A' }, ''],
    ['has no text for nothing', { kind: 'empty' }, ''],
  ];
  it.each(cases)('%s', (_name, cell, text) => {
    expect(cellText(cell)).toBe(text);
  });
});

describe('compactText', () => {
  it('drops the .0 of an integral float, as phones need', () => {
    expect(compactText({ kind: 'number', value: 34600111222, float: true })).toBe('34600111222');
    expect(compactText({ kind: 'number', value: 9.5 })).toBe('9.5');
  });
});

describe('cellDate and cellTime', () => {
  it('take the day of dates, with or without time', () => {
    expect(cellDate({ kind: 'date', value: '2026-06-03' })).toBe('2026-06-03');
    expect(cellDate({ kind: 'dateTime', value: '2026-06-03T20:00:00' })).toBe('2026-06-03');
    expect(cellDate({ kind: 'text', value: '2026-06-03' })).toBeNull();
  });

  it('take the hour of times, dates with time and durations below a day', () => {
    expect(cellTime({ kind: 'time', value: '09:05:59' })).toBe('09:05');
    expect(cellTime({ kind: 'dateTime', value: '2026-06-03T20:00:00' })).toBe('20:00');
    expect(cellTime({ kind: 'duration', seconds: 5 * 3600 + 59 })).toBe('05:00');
    expect(cellTime({ kind: 'duration', seconds: 86_400 })).toBeNull();
    expect(cellTime({ kind: 'duration', seconds: -60 })).toBeNull();
    expect(cellTime({ kind: 'number', value: 0.5 })).toBeNull();
    expect(cellTime({ kind: 'date', value: '2026-06-03' })).toBeNull();
  });
});

describe('cellAt', () => {
  it('is empty beyond the end of the row', () => {
    const row = { number: 2, cells: [{ kind: 'text', value: 'a' }] as const };
    expect(cellAt(row, 0)).toEqual({ kind: 'text', value: 'a' });
    expect(cellAt(row, 63)).toEqual({ kind: 'empty' });
  });
});
