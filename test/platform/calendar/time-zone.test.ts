import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf, isValidZone, localDateTime } from '../../../shared/platform/calendar/time-zone.ts';

const MADRID = 'Europe/Madrid';
const ZONES = [
  MADRID,
  'Atlantic/Canary',
  'America/New_York',
  'America/Havana',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Africa/Cairo',
  'Asia/Kolkata',
  'UTC',
];
const iso = (date: string, time: string, zone: string) => instantOf(date, time, zone).toISOString();

describe('isValidZone', () => {
  it.each(['Europe/Madrid', 'UTC', 'America/Argentina/Buenos_Aires', 'Asia/Calcutta'])('accepts %s', (zone) => {
    expect(isValidZone(zone)).toBe(true);
  });

  it.each(['', ' ', 'Mars/Base', '+02:00', '-0500', 'Europe', 'Europe/Madrid '])('refuses %j', (zone) => {
    expect(isValidZone(zone)).toBe(false);
  });

  it('goes on working after more spellings than it remembers', () => {
    const letters = [...'europe/madrid'];
    for (let mask = 0; mask < 1_100; mask += 1) {
      const spelling = letters.map((letter, bit) => ((mask >> bit) & 1 ? letter.toUpperCase() : letter)).join('');
      if (!isValidZone(spelling)) expect.fail(spelling);
    }
    expect(localDateTime(new Date('2026-06-03T22:30:00Z'), MADRID).time).toBe('00:30');
  });
});

describe('localDateTime', () => {
  it.each([
    [MADRID, '2026-06-04', '00:30'],
    ['Atlantic/Canary', '2026-06-03', '23:30'],
    ['America/New_York', '2026-06-03', '18:30'],
    ['Pacific/Auckland', '2026-06-04', '10:30'],
    ['Asia/Kolkata', '2026-06-04', '04:00'],
  ])('tells the wall clock of %s', (zone, date, time) => {
    expect(localDateTime(new Date('2026-06-03T22:30:59.999Z'), zone)).toEqual({ date, time });
  });

  it('writes midnight as 00:00', () => {
    expect(localDateTime(new Date('2026-06-03T22:00:00Z'), MADRID)).toEqual({ date: '2026-06-04', time: '00:00' });
  });

  it('refuses unknown zones and instants that no calendar date names', () => {
    expect(() => localDateTime(new Date('2026-06-03T22:00:00Z'), 'Mars/Base')).toThrow(RangeError);
    expect(() => localDateTime(new Date(Number.NaN), MADRID)).toThrow(RangeError);
    expect(() => localDateTime(new Date('-000001-01-01T00:00:00Z'), 'UTC')).toThrow(RangeError);
    expect(() => localDateTime(new Date('+010000-01-02T00:00:00Z'), 'UTC')).toThrow(RangeError);
  });
});

describe('instantOf', () => {
  it('follows summer and winter time', () => {
    expect(iso('2026-06-03', '06:00', MADRID)).toBe('2026-06-03T04:00:00.000Z');
    expect(iso('2026-12-03', '06:00', MADRID)).toBe('2026-12-03T05:00:00.000Z');
  });

  it('reads a time that is skipped with the offset before the change', () => {
    expect(iso('2026-03-29', '01:59', MADRID)).toBe('2026-03-29T00:59:00.000Z');
    expect(iso('2026-03-29', '02:00', MADRID)).toBe('2026-03-29T01:00:00.000Z');
    expect(iso('2026-03-29', '02:30', MADRID)).toBe('2026-03-29T01:30:00.000Z');
    expect(iso('2026-03-29', '03:00', MADRID)).toBe('2026-03-29T01:00:00.000Z');
    expect(iso('2026-03-08', '02:30', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z');
  });

  it('takes the first of a time that comes twice', () => {
    expect(iso('2026-10-25', '01:59', MADRID)).toBe('2026-10-24T23:59:00.000Z');
    expect(iso('2026-10-25', '02:00', MADRID)).toBe('2026-10-25T00:00:00.000Z');
    expect(iso('2026-10-25', '02:59', MADRID)).toBe('2026-10-25T00:59:00.000Z');
    expect(iso('2026-10-25', '03:00', MADRID)).toBe('2026-10-25T02:00:00.000Z');
    expect(iso('2026-11-01', '01:30', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
    expect(iso('2026-04-05', '02:30', 'Pacific/Auckland')).toBe('2026-04-04T13:30:00.000Z');
  });

  it('gets over a day that a zone left out', () => {
    expect(iso('2011-12-30', '12:00', 'Pacific/Apia')).toBe('2011-12-30T22:00:00.000Z');
    expect(iso('2011-12-31', '05:00', 'Pacific/Apia')).toBe('2011-12-30T15:00:00.000Z');
  });

  it.each([
    ['2026-02-30', '06:00'],
    ['2026-06-03', '24:00'],
    ['2026-06-03', '6:00'],
    ['2026-06-03', '06:60'],
  ])('refuses %s %s', (date, time) => {
    expect(() => instantOf(date, time, MADRID)).toThrow(RangeError);
  });

  it('is the earliest instant that shows the time, or the same distance past a gap', () => {
    const minute = fc
      .date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
      .map((instant) => new Date(Math.floor(instant.getTime() / 60_000) * 60_000));
    fc.assert(
      fc.property(minute, fc.constantFrom(...ZONES), (instant, zone) => {
        const { date, time } = localDateTime(instant, zone);
        const found = instantOf(date, time, zone);
        expect(localDateTime(found, zone)).toEqual({ date, time });
        expect(found.getTime()).toBeLessThanOrEqual(instant.getTime());
        expect(instant.getTime() - found.getTime()).toBeLessThanOrEqual(2 * 3_600_000);
      }),
      { numRuns: 400 },
    );
  });
});
