import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessArrival, minuteOfNight } from '../../../shared/domain/arrival/arrival.ts';
import { parseArrivalTime } from '../../../shared/domain/arrival/arrival-time.ts';

/** As an hour comes: read from text, then judged. */
const stateOf = (text: string, cutoff: string) => assessArrival(parseArrivalTime(text), cutoff);

describe('assessArrival', () => {
  it.each([
    ['20:00', '06:00', 'a_tiempo'],
    ['20:00', '9:30', 'a_tiempo'],
    ['20:00', '19:59', 'a_tiempo'],
    ['20:00', '20:00', 'tardia'],
    ['20:00', '23:59', 'tardia'],
    ['20:00', '00:00', 'tardia'],
    ['20:00', '00:30', 'tardia'],
    ['20:00', '05:59', 'tardia'],
    ['20:00', '25:99', 'desconocida'],
    ['20:00', 'por la noche', 'desconocida'],
    ['20:00', '', 'desconocida'],
    ['01:00', '06:00', 'a_tiempo'],
    ['01:00', '20:00', 'a_tiempo'],
    ['01:00', '23:59', 'a_tiempo'],
    ['01:00', '00:59', 'a_tiempo'],
    ['01:00', '01:00', 'tardia'],
    ['01:00', '05:59', 'tardia'],
    ['00:00', '23:59', 'a_tiempo'],
    ['00:00', '00:00', 'tardia'],
    ['06:00', '06:00', 'tardia'],
    ['06:00', '05:59', 'tardia'],
    ['05:59', '05:58', 'a_tiempo'],
    ['05:59', '05:59', 'tardia'],
  ])('with cutoff %s an arrival at %j is %s', (cutoff, hour, state) => {
    expect(stateOf(hour, cutoff)).toEqual({ tardio: state === 'tardia', estado_llegada: state });
  });

  it('knows nothing of an hour that was not given, or not as HH:MM', () => {
    for (const hour of [null, '9:30', '24:30', 'noche']) {
      expect(assessArrival(hour, '20:00')).toEqual({ tardio: false, estado_llegada: 'desconocida' });
    }
  });

  it('refuses a cutoff that no clock shows', () => {
    expect(() => assessArrival('20:00', '25:00')).toThrow(RangeError);
    expect(() => assessArrival(null, '')).toThrow(RangeError);
  });

  it('never calls an arrival late and a later one on time', () => {
    const minute = fc.integer({ min: 360, max: 1799 });
    fc.assert(
      fc.property(minute, minute, minute, (cutoff, one, other) => {
        const [earlier, later] = one < other ? [one, other] : [other, one];
        const late = (value: number) => assessArrival(clock(value), clock(cutoff)).tardio;
        expect(late(earlier) && !late(later)).toBe(false);
        expect(late(cutoff)).toBe(true);
        expect(minuteOfNight(clock(one))).toBe(one);
      }),
    );
  });
});

describe('parseArrivalTime', () => {
  it.each([
    ['9:30', '09:30'],
    ['09:30', '09:30'],
    ['21:30:00', '21:30'],
    ['9:30:15', '09:30'],
    [' 00:30 ', '00:30'],
    ['21:30h', '21:30'],
    ['21:30 aprox.', '21:30'],
    ['10:30 PM', '22:30'],
    ['10:30:00 p. m.', '22:30'],
    ['12:15 am', '00:15'],
    ['12:15 pm', '12:15'],
    ['22:30 PM', '22:30'],
    ['0:30 PM', '00:30'],
    ['23:59', '23:59'],
  ])('reads %j as %s', (text, hour) => {
    expect(parseArrivalTime(text)).toBe(hour);
  });

  it.each([
    '25:99',
    '24:00',
    '21:60',
    '9:3',
    '930',
    '22',
    '22.30',
    '22h30',
    '021:30',
    '21:300',
    'a las 22:30',
    '-1:30',
    '',
    '  ',
  ])('does not guess at %j', (text) => {
    expect(parseArrivalTime(text)).toBeNull();
  });
});

function clock(minuteOfTheNight: number): string {
  const minute = minuteOfTheNight % 1440;
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
