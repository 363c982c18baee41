import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dateFromSerial, serialCell, serialCells } from '../../../shared/platform/spreadsheet/serial-date.ts';

describe('dateFromSerial', () => {
  it.each([
    [1, '1900-01-01'],
    [31, '1900-01-31'],
    [59, '1900-02-28'],
    [60, null],
    [60.5, null],
    [61, '1900-03-01'],
    [25_569, '1970-01-01'],
    [46_143, '2026-05-01'],
    [46_176, '2026-06-03'],
    [46_176.99, '2026-06-03'],
    [2_958_465, '9999-12-31'],
    [2_958_466, null],
    [0, null],
    [0.5, null],
    [-1, null],
    [Number.NaN, null],
    [1e300, null],
  ])('reads %d in the 1900 system as %s', (serial, day) => {
    expect(dateFromSerial(serial, 1900)).toBe(day);
  });

  it.each([
    [0, '1904-01-01'],
    [1, '1904-01-02'],
    [59, '1904-02-29'],
    [44_714, '2026-06-03'],
    [2_957_003, '9999-12-31'],
    [2_957_004, null],
    [-1, null],
  ])('reads %d in the 1904 system as %s', (serial, day) => {
    expect(dateFromSerial(serial, 1904)).toBe(day);
  });

  it('agrees with the proleptic calendar over every day after the false leap day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 61, max: 2_958_465 }), (serial) => {
        const expected = new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10);
        expect(dateFromSerial(serial, 1900)).toBe(expected);
        if (serial >= 1462) expect(dateFromSerial(serial - 1462, 1904)).toBe(expected);
      }),
    );
  });
});

describe('serialCell', () => {
  it('reads every minute of the day from the float that Excel stores for it', () => {
    for (let minute = 0; minute < 1440; minute += 1) {
      const text = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00`;
      for (const stored of [minute / 1440, Number((minute / 1440).toFixed(10)), Number((minute / 1440).toFixed(6))]) {
        expect(serialCell(stored, 'time', 1900)).toEqual({ kind: 'time', value: text });
        expect(serialCell(46_176 + stored, 'dateTime', 1900)).toEqual({
          kind: 'dateTime',
          value: `2026-06-03T${text}`,
        });
      }
    }
  });

  it('keeps a time short of midnight in its day', () => {
    const almost = (23 * 3600 + 59 * 60 + 59.9) / 86_400;
    expect(serialCell(almost, 'time', 1900)).toEqual({ kind: 'time', value: '23:59:59' });
    expect(serialCell((23 * 3600 + 59 * 60 + 59.9999) / 86_400, 'time', 1900)).toEqual({
      kind: 'time',
      value: '23:59:59',
    });
    expect(serialCell(46_176 + almost, 'dateTime', 1900)).toEqual({ kind: 'dateTime', value: '2026-06-03T23:59:59' });
  });

  it('takes a day computed a hair short of midnight for the next day', () => {
    expect(serialCell(46_175.999_999_999_9, 'date', 1900)).toEqual({ kind: 'date', value: '2026-06-03' });
    expect(serialCell(46_175.999_999_999_9, 'dateTime', 1900)).toEqual({
      kind: 'dateTime',
      value: '2026-06-03T00:00:00',
    });
  });

  it('keeps what a date format hides: the time of day', () => {
    expect(serialCell(46_176.625, 'date', 1900)).toEqual({ kind: 'dateTime', value: '2026-06-03T15:00:00' });
    expect(serialCell(46_176.625, 'time', 1900)).toEqual({ kind: 'dateTime', value: '2026-06-03T15:00:00' });
  });

  it('reads what is below a day as a time in the 1900 system', () => {
    expect(serialCell(0.5, 'dateTime', 1900)).toEqual({ kind: 'time', value: '12:00:00' });
    expect(serialCell(0.5, 'date', 1900)).toEqual({ kind: 'time', value: '12:00:00' });
    expect(serialCell(0, 'dateTime', 1900)).toEqual({ kind: 'time', value: '00:00:00' });
    expect(serialCell(0, 'time', 1904)).toEqual({ kind: 'time', value: '00:00:00' });
  });

  it('knows that the 1904 system has a day 0', () => {
    expect(serialCell(0, 'date', 1904)).toEqual({ kind: 'date', value: '1904-01-01' });
    expect(serialCell(0.5, 'dateTime', 1904)).toEqual({ kind: 'dateTime', value: '1904-01-01T12:00:00' });
  });

  it.each([
    ['a negative date', -5, 'date'],
    ['a negative time', -0.25, 'time'],
    ['the day that never was', 60, 'date'],
    ['a zero under a date format', 0, 'date'],
    ['a day beyond the year 9999', 3_000_000, 'dateTime'],
  ] as const)('leaves %s a number', (_name, value, kind) => {
    expect(serialCell(value, kind, 1900)).toEqual({ kind: 'number', value });
  });

  it('counts durations in seconds, negative and beyond a day', () => {
    expect(serialCell(1.5, 'duration', 1900)).toEqual({ kind: 'duration', seconds: 129_600 });
    expect(serialCell(-1 / 24, 'duration', 1904)).toEqual({ kind: 'duration', seconds: -3600 });
    expect(serialCell(0.833_333_333_3, 'duration', 1900)).toEqual({ kind: 'duration', seconds: 72_000 });
  });
});

describe('serialCells', () => {
  const KINDS = ['date', 'time', 'dateTime', 'duration'] as const;

  it('makes what serialCell makes, for every kind of each value and however many there are', () => {
    const cellOf = serialCells(1904);
    for (let value = 0; value < 6_000; value += 0.75) {
      for (const kind of KINDS) expect(cellOf(value, kind)).toEqual(serialCell(value, kind, 1904));
    }
  });

  it('makes a cell that comes again once', () => {
    const cellOf = serialCells(1900);
    for (const kind of KINDS) expect(cellOf(46_176.5, kind)).toBe(cellOf(46_176.5, kind));
  });
});
