import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serviceDateOf, serviceDayOf, serviceDayOn } from '../../../shared/domain/arrival/service-day.ts';

const HOUR_MS = 3_600_000;
const at = (iso: string) => new Date(iso);

describe('the service day', () => {
  it.each([
    ['Europe/Madrid', '2026-06-03T03:59:59Z', '2026-06-02'],
    ['Europe/Madrid', '2026-06-03T04:00:00Z', '2026-06-03'],
    ['Europe/Madrid', '2026-06-03T22:30:00Z', '2026-06-03'],
    ['Europe/Madrid', '2026-06-04T03:59:59Z', '2026-06-03'],
    ['Atlantic/Canary', '2026-06-03T04:30:00Z', '2026-06-02'],
    ['Atlantic/Canary', '2026-06-03T05:00:00Z', '2026-06-03'],
    ['America/New_York', '2026-06-03T09:59:59Z', '2026-06-02'],
    ['America/New_York', '2026-06-03T10:00:00Z', '2026-06-03'],
    ['Pacific/Auckland', '2026-06-02T17:59:59Z', '2026-06-02'],
    ['Pacific/Auckland', '2026-06-02T18:00:00Z', '2026-06-03'],
    ['Pacific/Auckland', '2026-06-03T12:30:00Z', '2026-06-03'],
  ])('in %s at %s is %s', (zone, instant, date) => {
    expect(serviceDateOf(at(instant), zone)).toBe(date);
  });

  it('is an hour shorter when clocks go forward in its night', () => {
    const { start, end } = serviceDayOn('2026-03-28', 'Europe/Madrid');
    expect(start).toEqual(at('2026-03-28T05:00:00Z'));
    expect(end).toEqual(at('2026-03-29T04:00:00Z'));
    expect(serviceDateOf(at('2026-03-29T00:59:59Z'), 'Europe/Madrid')).toBe('2026-03-28');
    expect(serviceDateOf(at('2026-03-29T01:00:00Z'), 'Europe/Madrid')).toBe('2026-03-28');
    expect(serviceDateOf(at('2026-03-29T03:59:59Z'), 'Europe/Madrid')).toBe('2026-03-28');
    expect(serviceDateOf(at('2026-03-29T04:00:00Z'), 'Europe/Madrid')).toBe('2026-03-29');
  });

  it('is an hour longer when they go back', () => {
    const { start, end } = serviceDayOn('2026-10-24', 'Europe/Madrid');
    expect(start).toEqual(at('2026-10-24T04:00:00Z'));
    expect(end).toEqual(at('2026-10-25T05:00:00Z'));
    expect(serviceDateOf(at('2026-10-25T00:30:00Z'), 'Europe/Madrid')).toBe('2026-10-24');
    expect(serviceDateOf(at('2026-10-25T01:30:00Z'), 'Europe/Madrid')).toBe('2026-10-24');
    expect(serviceDateOf(at('2026-10-25T04:59:59Z'), 'Europe/Madrid')).toBe('2026-10-24');
    expect(serviceDateOf(at('2026-10-25T05:00:00Z'), 'Europe/Madrid')).toBe('2026-10-25');
  });

  it('holds every instant once: days meet without gap or overlap', () => {
    const instant = fc.date({ min: at('2020-01-01T00:00:00Z'), max: at('2035-12-31T00:00:00Z'), noInvalidDate: true });
    const zone = fc.constantFrom(
      'Europe/Madrid',
      'Atlantic/Canary',
      'America/New_York',
      'America/Havana',
      'Pacific/Auckland',
      'Pacific/Chatham',
      'Australia/Lord_Howe',
      'Antarctica/Troll',
      'Africa/Cairo',
      'Asia/Beirut',
    );
    fc.assert(
      fc.property(instant, zone, (moment, place) => {
        const day = serviceDayOf(moment, place);
        expect(day.start.getTime()).toBeLessThanOrEqual(moment.getTime());
        expect(moment.getTime()).toBeLessThan(day.end.getTime());
        expect(serviceDayOf(day.end, place).start).toEqual(day.end);
        const hours = (day.end.getTime() - day.start.getTime()) / HOUR_MS;
        expect(hours).toBeGreaterThanOrEqual(22);
        expect(hours).toBeLessThanOrEqual(26);
      }),
      { numRuns: 300 },
    );
  });
});
