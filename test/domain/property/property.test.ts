import { describe, expect, it } from 'vitest';
import { referredApartment } from '../../../shared/domain/property/external-ref.ts';
import {
  liveUnits,
  shownUnitStatus,
  type Unit,
  unitNumbered,
  unitTotals,
} from '../../../shared/domain/property/property.ts';

const STAMP = '2026-01-01T00:00:00Z';

function aUnit(id: number, unit_number: string, wanted: Partial<Unit> = {}): Unit {
  const made = { created_at: STAMP, created_by: null, modified_at: STAMP, modified_by: null };
  const alive = { deleted_at: null, deleted_by: null, deletion_reason: null };
  return { id, unit_number, status: 'available', external_ref: null, ...made, ...alive, ...wanted };
}

describe('the units of a property', () => {
  const units = [
    aUnit(1, '10'),
    aUnit(2, '9', { status: 'inactive' }),
    aUnit(3, 'Ático'),
    aUnit(4, '9', { deleted_at: STAMP }),
    aUnit(5, '101', { status: 'maintenance' }),
    aUnit(6, 'A2'),
    aUnit(7, 'a10'),
  ];

  it('are shown in natural order, 9 before 10, without the deleted ones', () => {
    expect(liveUnits({ units }).map(({ unit_number }) => unit_number)).toEqual([
      '9',
      '10',
      '101',
      'A2',
      'a10',
      'Ático',
    ]);
  });

  it('are counted; those closed for good are not active', () => {
    expect(unitTotals({ units })).toEqual({ total_units: 6, active_units: 5 });
  });

  it('are found by number in any letter case, the deleted ones not', () => {
    expect(unitNumbered({ units }, ' ático ')?.id).toBe(3);
    expect(unitNumbered({ units }, 'A10')?.id).toBe(7);
    expect(unitNumbered({ units }, '9')?.id).toBe(2);
    expect(unitNumbered({ units }, '1')).toBeUndefined();
  });

  it.each([
    ['available', true, 'occupied'],
    ['available', false, 'available'],
    ['reserved', true, 'occupied'],
    ['reserved', false, 'reserved'],
    ['maintenance', true, 'maintenance'],
    ['inactive', true, 'inactive'],
  ] as const)('%s, occupied %s: shown as %s', (stored, occupied, shown) => {
    expect(shownUnitStatus(stored, occupied)).toBe(shown);
  });
});

describe('the apartment that an external_ref means (ruling 6)', () => {
  const apartments = [
    { id: 'a', id_pms: '1', id_externo: '7' },
    { id: 'b', id_pms: null, id_externo: '1' },
    { id: 'c', id_pms: null, id_externo: '8' },
    { id: 'd', id_pms: null, id_externo: '9' },
    { id: 'e', id_pms: null, id_externo: '9' },
  ];

  it.each([
    ['1', 'a'],
    ['7', 'a'],
    ['8', 'c'],
    ['9', undefined],
    ['10', undefined],
    [null, undefined],
  ])('%s is %s: id_pms before id_externo, and that only where it is unique', (ref, id) => {
    expect(referredApartment(ref, apartments)?.id).toBe(id);
  });
});
