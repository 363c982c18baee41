import { describe, expect, it } from 'vitest';
import { apartmentResolver, normaliseCode } from '../../../shared/domain/arrival/apartment-match.ts';
import { anApartment } from './given.ts';

const four = anApartment({ id: 'four', id_pms: '4', id_externo: 'T1', nombre: 'Cuatro', direccion: 'Calle Ancha, 4' });
const nine = anApartment({ id: 'nine', id_pms: '9', id_externo: '04', nombre: 'Nueve', direccion: null });

describe('apartmentResolver', () => {
  it.each(['4', '04', '{4}', ' {04} ', '{ 004 }', '{{4}}'])('finds an apartment by %j', (code) => {
    expect(apartmentResolver([four])(null, code)).toEqual({
      id: 'four',
      nombre: 'Cuatro',
      direccion: 'Calle Ancha, 4',
    });
  });

  it('tries the PMS id before the text, and id_pms before id_externo', () => {
    const resolve = apartmentResolver([nine, four]);
    expect(resolve('9', '4').id).toBe('nine');
    expect(resolve('unassigned', '{04}').id).toBe('four');
    expect(apartmentResolver([nine])(null, '4').id).toBe('nine');
    expect(resolve('T1', '9').id).toBe('four');
  });

  it('keeps the text of the source when nothing matches, and never matches several units', () => {
    const resolve = apartmentResolver([four, anApartment({ id_externo: '4}{5' })]);
    for (const text of ['{4}{5}', '{4},{9}', 'Cuatro', '44', '-4', '4.0']) {
      expect(resolve(null, ` ${text} `)).toEqual({ id: null, nombre: text, direccion: null });
    }
    expect(resolve('77', null)).toEqual({ id: null, nombre: null, direccion: null });
    expect(resolve(null, '  ')).toEqual({ id: null, nombre: null, direccion: null });
  });

  it('leaves inactive apartments out, even where an active one shares the code', () => {
    expect(apartmentResolver([{ ...four, activo: false }])('4', null).id).toBeNull();
    expect(apartmentResolver([{ ...four, activo: false }, nine])('4', null).id).toBe('nine');
  });

  it('takes the last by name of several with one code, whatever their order', () => {
    const same = ['Zaguán', 'Ático', 'Marina'].map((nombre) => anApartment({ id: nombre, id_externo: '7', nombre }));
    expect(apartmentResolver(same)(null, '07').id).toBe('Zaguán');
    expect(apartmentResolver([...same].reverse())(null, '07').id).toBe('Zaguán');
    const twins = ['x', 'y'].map((id) => anApartment({ id, id_externo: '7', nombre: 'Igual' }));
    expect(apartmentResolver(twins)(null, '7').id).toBe(apartmentResolver([...twins].reverse())(null, '7').id);
  });
});

describe('normaliseCode', () => {
  it('keeps zero and text as they are', () => {
    expect(normaliseCode('000')).toBe('0');
    expect(normaliseCode('0A4')).toBe('0A4');
    expect(normaliseCode('{}')).toBeNull();
    expect(normaliseCode(null)).toBeNull();
  });
});
