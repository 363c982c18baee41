import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, calendarDate, daysBetween, isCalendarDate } from '../../../shared/platform/calendar/calendar-date.ts';

describe('isCalendarDate', () => {
  it.each(['2026-06-03', '2024-02-29', '2000-02-29', '0001-01-01', '0050-12-31', '9999-12-31'])(
    'accepts %s',
    (date) => {
      expect(isCalendarDate(date)).toBe(true);
    },
  );

  it.each([
    '2026-02-30',
    '2025-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-06-00',
    '0000-01-01',
    '2026-6-3',
    '2026-06-03T00:00',
    ' 2026-06-03',
    '2026/06/03',
    '+12026-06-03',
    '',
  ])('refuses %j', (date) => {
    expect(isCalendarDate(date)).toBe(false);
  });
});

describe('calendarDate', () => {
  it('pads its parts and refuses days that do not exist', () => {
    expect(calendarDate(2026, 6, 3)).toBe('2026-06-03');
    expect(calendarDate(50, 1, 1)).toBe('0050-01-01');
    expect(calendarDate(2026, 2, 29)).toBeNull();
    expect(calendarDate(2026, -1, 1)).toBeNull();
    expect(calendarDate(2026.5, 1, 1)).toBeNull();
    expect(calendarDate(12026, 1, 1)).toBeNull();
  });
});

describe('addDays and daysBetween', () => {
  it('cross months, leap days and years', () => {
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysBetween('2026-06-03', '2026-06-06')).toBe(3);
    expect(daysBetween('2026-06-06', '2026-06-03')).toBe(-3);
  });

  it('count nights over the days that clocks change as any other', () => {
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
  });

  it('refuse what is no date and what leaves the calendar', () => {
    expect(() => addDays('2026-02-30', 1)).toThrow(RangeError);
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
    expect(() => addDays('0001-01-01', -1)).toThrow(RangeError);
    expect(() => addDays('2026-01-01', 1e9)).toThrow(RangeError);
    expect(() => daysBetween('2026-01-01', 'mañana')).toThrow(RangeError);
  });

  it('undo each other', () => {
    const days = fc.integer({ min: -300_000, max: 300_000 });
    fc.assert(fc.property(days, (n) => daysBetween('2026-06-03', addDays('2026-06-03', n)) === n));
  });
});
