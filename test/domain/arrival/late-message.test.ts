import { describe, expect, it } from 'vitest';
import { fillLateTemplate, lateMessage, longSpanishDate } from '../../../shared/domain/arrival/late-message.ts';
import { aReservation } from './given.ts';

const ana = {
  reservation: aReservation({ guest_name: 'García, Ana', phone: '+34600111222', arrival_time: '22:00' }),
  apartment: { id: 'a-1', nombre: 'Atlántico Azul', direccion: 'Plaza de Gadir, 111' },
};
const nobody = {
  reservation: aReservation({ guest_name: null }),
  apartment: { id: null, nombre: null, direccion: null },
};
const TODAY = '2026-06-03';

describe('a template', () => {
  it('is filled in every occurrence', () => {
    const template = '{NOMBRE} ({NOMBRE}), {APARTAMENTO}, {DIRECCION}: {HORA_LLEGADA}, {TELEFONO}';
    expect(fillLateTemplate(template, ana)).toEqual({
      text: 'García, Ana (García, Ana), Atlántico Azul, Plaza de Gadir, 111: 22:00, +34600111222',
      unfilled: [],
      unknown: [],
    });
  });

  it('prints a dash for what is missing, leaves what it does not know, and says both', () => {
    expect(fillLateTemplate('{NOMBRE} {TELEFONO} {NOMBRE} {CODIGO} {nombre} {} {CODIGO}', nobody)).toEqual({
      text: '— — — {CODIGO} {nombre} {} {CODIGO}',
      unfilled: ['NOMBRE', 'TELEFONO'],
      unknown: ['CODIGO', 'nombre'],
    });
  });

  it('says of names that are written otherwise than they have to be that they mean nothing', () => {
    const { text, unknown } = fillLateTemplate('{Nombre}, {HORA LLEGADA}, {{NOMBRE}}, {TELÉFONO}', ana);
    expect(text).toBe('{Nombre}, {HORA LLEGADA}, {García, Ana}, {TELÉFONO}');
    expect(unknown).toEqual(['HORA LLEGADA', 'Nombre', 'TELÉFONO']);
  });

  it('takes values literally', () => {
    const odd = { ...ana, reservation: { ...ana.reservation, guest_name: "$& $1 {TELEFONO} $'" } };
    expect(fillLateTemplate('<{NOMBRE}>', odd).text).toBe("<$& $1 {TELEFONO} $'>");
  });

  it('is copied for each arrival, with a rule between', () => {
    const { text, unfilled } = lateMessage([ana, nobody], '{NOMBRE} a las {HORA_LLEGADA}', TODAY);
    expect(text).toBe('García, Ana a las 22:00\n\n---\n\n— a las —');
    expect(unfilled).toEqual(['HORA_LLEGADA', 'NOMBRE']);
    expect(lateMessage([], '{NOMBRE}', TODAY).text).toBe('');
  });
});

describe('the default text', () => {
  it('is a letter for one arrival', () => {
    const { text } = lateMessage([ana], null, TODAY);
    for (const part of ['3 de junio de 2026', 'García, Ana', 'Atlántico Azul', 'Plaza de Gadir, 111', '22:00']) {
      expect(text).toContain(part);
    }
    expect(text).not.toMatch(/[{}]/);
  });

  it('says today of today alone, and of several days none', () => {
    const on = (check_in: string) => ({ ...ana, reservation: { ...ana.reservation, check_in } });
    const opening = (...days: string[]) => lateMessage(days.map(on), null, TODAY).text.split('\n')[2];
    expect(opening(TODAY)).toBe('Os informamos de una llegada fuera de horario para hoy, 3 de junio de 2026:');
    expect(opening('2026-06-10')).toBe('Os informamos de una llegada fuera de horario para el 10 de junio de 2026:');
    expect(opening(TODAY, TODAY)).toBe('Os informamos de 2 llegadas fuera de horario para hoy, 3 de junio de 2026:');
    expect(opening(TODAY, '2026-06-10')).toBe('Os informamos de 2 llegadas fuera de horario:');
  });

  it('is a list for several', () => {
    const { text, unfilled } = lateMessage([ana, nobody], null, TODAY);
    expect(text).toContain('2 llegadas');
    expect(text.split('\n').filter((line) => line.startsWith('- '))).toEqual([
      '- 22:00 · Atlántico Azul · Plaza de Gadir, 111 · García, Ana · +34600111222',
      '- — · — · — · — · —',
    ]);
    expect(unfilled).toEqual(['APARTAMENTO', 'DIRECCION', 'HORA_LLEGADA', 'NOMBRE', 'TELEFONO']);
  });

  it('is empty for none', () => {
    expect(lateMessage([], null, TODAY).text).toBe('');
  });
});

it('dates are written out in Spanish', () => {
  expect(longSpanishDate('2026-01-31')).toBe('31 de enero de 2026');
  expect(longSpanishDate('2026-12-01')).toBe('1 de diciembre de 2026');
});
