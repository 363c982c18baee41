import { describe, expect, it } from 'vitest';
import type { BookingStatus } from '../../../shared/domain/booking/booking.ts';
import { calendarOf, firstOverlap, overlapping, type Stay } from '../../../shared/domain/booking/overlap.ts';
import type { Property, Unit } from '../../../shared/domain/property/property.ts';

const STAMP = '2026-01-01T00:00:00Z';
const ALIVE = { deleted_at: null, deleted_by: null, deletion_reason: null };

function propertyWith(...units: readonly (number | { readonly deleted: number })[]): Pick<Property, 'units'> {
  return {
    units: units.map((given): Unit => {
      const id = typeof given === 'number' ? given : given.deleted;
      const made = { created_at: STAMP, created_by: null, modified_at: STAMP, modified_by: null };
      const common = {
        id,
        unit_number: String(id),
        status: 'available',
        external_ref: null,
        ...made,
        ...ALIVE,
      } as const;
      return typeof given === 'number' ? common : { ...common, deleted_at: STAMP };
    }),
  };
}

let made = 0;
function aStay(from: string, to: string, wanted: Partial<Stay> = {}): Stay {
  made += 1;
  const dates = { check_in_date: `2026-06-${from}:00:00Z`, check_out_date: `2026-06-${to}:00:00Z` };
  return { id: made, unit_id: null, status: 'booked', ...dates, ...wanted };
}

const house = propertyWith(1);

describe('two bookings meet', () => {
  it.each<[string, string, string, boolean]>([
    ['inside', '11T15', '12T11', true],
    ['around', '09T15', '20T11', true],
    ['the same nights', '10T15', '15T11', true],
    ['over its beginning', '08T15', '10T16', true],
    ['over its end', '15T10', '16T11', true],
    ['ending in the minute it begins', '08T15', '10T15', false],
    ['beginning in the minute it ends', '15T11', '18T11', false],
    ['before', '01T15', '02T11', false],
    ['after', '20T15', '21T11', false],
  ])('%s', (_, from, to, meets) => {
    const stands = aStay('10T15', '15T11');
    const candidate = aStay(from, to);
    expect(overlapping(house, candidate, [stands])).toBe(meets ? stands : undefined);
    expect(overlapping(house, stands, [candidate])).toBe(meets ? candidate : undefined);
    expect(firstOverlap(house, [stands, candidate]) !== undefined).toBe(meets);
  });

  it.each<[BookingStatus, boolean]>([
    ['booked', true],
    ['confirmed', true],
    ['currently_hosting', true],
    ['owner_staying', true],
    ['cancelled', false],
    ['completed', false],
  ])('only while both are active: %s', (status, active) => {
    const stands = aStay('10T15', '15T11');
    const other = aStay('11T15', '12T11', { status });
    expect(overlapping(house, other, [stands]) !== undefined).toBe(active);
    expect(overlapping(house, stands, [other]) !== undefined).toBe(active);
  });

  it('never one with itself, and of several the one with the lowest id is named', () => {
    const [first, second] = [aStay('10T15', '12T11'), aStay('12T15', '14T11')];
    expect(overlapping(house, first, [first])).toBeUndefined();
    expect(overlapping(house, aStay('11T15', '13T11'), [second, first])).toBe(first);
  });
});

describe('the calendar that a booking stands on (§3.4)', () => {
  it('is the property, with no unit or one, whatever the booking names', () => {
    for (const property of [propertyWith(), house, propertyWith(1, { deleted: 2 })]) {
      expect(calendarOf(property, { unit_id: null })).toBe(calendarOf(property, { unit_id: 1 }));
      expect(overlapping(property, aStay('10T15', '12T11', { unit_id: 1 }), [aStay('10T15', '12T11')])).toBeDefined();
    }
  });

  it('is the unit where there are several, and none for a booking without a unit', () => {
    const hotel = propertyWith(1, 2);
    const nights = ['10T15', '12T11'] as const;
    const inOne = aStay(...nights, { unit_id: 1 });
    expect(overlapping(hotel, aStay(...nights, { unit_id: 1 }), [inOne])).toBe(inOne);
    expect(overlapping(hotel, aStay(...nights, { unit_id: 2 }), [inOne])).toBeUndefined();
    expect(overlapping(hotel, aStay(...nights), [inOne, aStay(...nights)])).toBeUndefined();
  });

  it('may come into disorder when the second unit goes', () => {
    const stays = [aStay('10T15', '12T11', { unit_id: 1 }), aStay('11T15', '13T11')];
    expect(firstOverlap(propertyWith(1, 2), stays)).toBeUndefined();
    expect(firstOverlap(propertyWith(1, { deleted: 2 }), stays)).toEqual(stays);
  });
});

it('finds two that meet exactly when any pair does', () => {
  for (let round = 0; round < 200; round += 1) {
    const stays = Array.from({ length: 6 }, (_, at) => {
      const day = 1 + ((round * 7 + at * 5 + at * at * round) % 24);
      const nights = 1 + ((round + at * 3) % 4);
      const two = (value: number) => `${String(value).padStart(2, '0')}T12`;
      return aStay(two(day), two(day + nights), { unit_id: 1 + ((round + at) % 2) });
    });
    const hotel = propertyWith(1, 2);
    const pairs = stays.some((stay) => overlapping(hotel, stay, stays) !== undefined);
    expect(firstOverlap(hotel, stays) !== undefined).toBe(pairs);
  }
});
