import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ArrivalsSheet, parseArrivalsSheet } from '../../../shared/domain/arrival/arrivals-sheet.ts';
import { mapArrivalColumns } from '../../../shared/domain/arrival/arrivals-sheet-columns.ts';
import type { Cell } from '../../../shared/platform/spreadsheet/cell.ts';
import { aRow, aSheet, day, NO_COLUMNS, number, text, time } from './given.ts';

const EMPTY: Cell = { kind: 'empty' };
const parse = (...rows: Parameters<typeof aSheet>) => parseArrivalsSheet(aSheet(...rows), NO_COLUMNS);
const only = (sheet: ArrivalsSheet) => {
  expect(sheet.reservations).toHaveLength(1);
  return sheet.reservations[0]?.reservation;
};
const hourOf = (cell: Cell | string) => {
  const sheet = parse(['Nombre', 'Hora'], ['Ana', cell]);
  return { hour: only(sheet)?.arrival_time, warnings: sheet.warnings };
};
const idOf = (header: string[], row: (Cell | string)[]) => only(parse(header, row))?.id_externo;

describe('columns', () => {
  it('finds every field by its header, in any case, with spaces, and with accents either way', () => {
    const sheet = parse(
      ['ID Reserva', ' Huésped ', 'E-MAIL', 'Móvil', 'Check-in', 'Fecha Salida', 'Alojamiento', 'Hora Llegada'],
      [
        'HM12345',
        'García, Ana',
        'ana@example.com',
        number(600111222),
        day('2026-06-03'),
        day('2026-06-06'),
        '{04}',
        time('22:00'),
      ],
    );
    expect(sheet).toMatchObject({ failure: null, warnings: [], skipped: [], rowsRead: 1 });
    expect(sheet.reservations[0]?.row).toBe(2);
    expect(only(sheet)).toMatchObject({
      source: 'arrivals_file',
      status: 'confirmed',
      guest_name: 'García, Ana',
      email: 'ana@example.com',
      phone: '600111222',
      check_in: '2026-06-03',
      check_out: '2026-06-06',
      nights: 3,
      apartment_name: '{04}',
      arrival_time: '22:00',
    });
    expect(mapArrivalColumns(aSheet(['hue\u0301sped'])[0], NO_COLUMNS).get('guest')).toBe(0);
    expect(mapArrivalColumns(aSheet(['húesped', 'apartaménto'])[0], NO_COLUMNS).size).toBe(0);
  });

  it('takes the first header of a field', () => {
    expect(only(parse(['Nombre', 'Guest', 'Hora', 'Time'], ['Ana', 'Eva', '22:00', '10:00']))).toMatchObject({
      guest_name: 'Ana',
      arrival_time: '22:00',
    });
  });

  it('lets a configured letter replace the header, even where its cell is empty', () => {
    const rows = aSheet(['Nombre', 'Otra', 'Hora'], ['Ana', EMPTY, '22:00'], ['Eva', 'Bea', '21:00']);
    const sheet = parseArrivalsSheet(rows, { ...NO_COLUMNS, col_nombre: 'b' });
    expect(sheet.reservations.map(({ reservation }) => reservation.guest_name)).toEqual(['Bea']);
    expect(sheet.skipped).toEqual([{ row: 2, reason: 'falta el nombre del huésped' }]);
  });

  it('takes from a configured column what its own header meant', () => {
    const rows = aSheet(['Referencia', 'Hora', 'ID'], ['Víctor Andersen', '22:00', 'R-90001']);
    const map = mapArrivalColumns(rows[0], { ...NO_COLUMNS, col_nombre: 'A' });
    expect(map.get('guest')).toBe(0);
    expect(map.get('reference')).toBe(2);
    expect(mapArrivalColumns(rows[0], { ...NO_COLUMNS, col_nombre: 'A', col_telefono: 'B' }).has('arrival_time')).toBe(
      false,
    );
  });

  it('reads configured letters where row 1 is blank, and beyond the last cell', () => {
    const rows = [aRow(2, { AA: text('Ana') })];
    const sheet = parseArrivalsSheet(rows, { ...NO_COLUMNS, col_nombre: 'aa', col_telefono: 'ZZ' });
    expect(only(sheet)).toMatchObject({ guest_name: 'Ana', phone: null });
  });
});

describe('a sheet that gives nothing', () => {
  it('says that the guest column is missing', () => {
    const sheet = parse(['Cliente', 'Hora'], ['Ana', '22:00'], ['Eva', '23:00']);
    expect(sheet).toMatchObject({ reservations: [], skipped: [], warnings: [], rowsRead: 2 });
    expect(sheet.failure).toContain('nombre del huésped');
  });

  it.each([
    ['without any row', []],
    ['with a header only', aSheet(['Nombre', 'Hora'])],
    ['with blank rows only', aSheet(['Nombre', 'Hora'], ['  ', EMPTY], [])],
  ])('%s says that it needs a header and a data row', (_, rows) => {
    const sheet = parseArrivalsSheet(rows, NO_COLUMNS);
    expect(sheet).toMatchObject({ reservations: [], warnings: [], rowsRead: 0 });
    expect(sheet.failure).toContain('al menos una fila de datos');
  });
});

describe('rows', () => {
  it('skips blank ones in silence and names those without a guest', () => {
    const sheet = parse(
      ['Nombre', 'Hora'],
      ['Ana', '22:00'],
      [' ', ''],
      ['', '23:00'],
      [{ kind: 'error', value: '#N/A' }],
      ['Eva'],
    );
    expect(sheet.reservations.map(({ row }) => row)).toEqual([2, 6]);
    expect(sheet.skipped.map(({ row }) => row)).toEqual([4, 5]);
    expect(sheet.warnings).toEqual([
      'Fila 4: omitida, falta el nombre del huésped.',
      'Fila 5: omitida, falta el nombre del huésped.',
    ]);
    expect(sheet.rowsRead).toBe(4);
  });

  it('never reads row 1 as data', () => {
    const sheet = parseArrivalsSheet(aSheet(['Ana', '22:00'], ['Eva', '23:00']), {
      ...NO_COLUMNS,
      col_nombre: 'A',
      col_hora_llegada: 'B',
    });
    expect(only(sheet)?.guest_name).toBe('Eva');
  });

  it('keeps phones as written and integral floats without decimals', () => {
    const phone = (cell: Cell | string) => only(parse(['Nombre', 'Tel'], ['Ana', cell]))?.phone;
    expect(phone({ kind: 'number', value: 34600111222, float: true })).toBe('34600111222');
    expect(phone(' +34 600 11 12 22 ')).toBe('+34 600 11 12 22');
    expect(phone(EMPTY)).toBeNull();
  });

  it('stamps when the file came', () => {
    const rows = aSheet(['Nombre'], ['Ana']);
    const observedAt = '2026-06-03T10:00:00Z';
    expect(only(parseArrivalsSheet(rows, NO_COLUMNS, { observedAt }))?.observed_at).toBe(observedAt);
  });
});

describe('the hour', () => {
  it.each([
    [time('22:00'), '22:00'],
    [{ kind: 'dateTime', value: '2026-06-03T21:30:45' }, '21:30'],
    [{ kind: 'dateTime', value: '1899-12-30T22:30:00' }, '22:30'],
    [{ kind: 'dateTime', value: '1900-01-01T00:30:00' }, '00:30'],
    [{ kind: 'date', value: '1899-12-30' }, '00:00'],
    [{ kind: 'duration', seconds: 22.5 * 3600 }, '22:30'],
    [{ kind: 'duration', seconds: 24.5 * 3600 }, '00:30'],
    [{ kind: 'duration', seconds: 30 * 3600 - 60 }, '05:59'],
    ['21:30:00', '21:30'],
    ['9:30', '09:30'],
    ['1900-01-00 23:15:00', '23:15'],
    ['1899-12-30T08:15', '08:15'],
  ] as [Cell | string, string][])('of %j is %s', (cell, hour) => {
    expect(hourOf(cell)).toEqual({ hour, warnings: [] });
  });

  it.each([
    ['25:99', '«25:99»'],
    ['por la noche', '«por la noche»'],
    [number(22), '«22»'],
    [number(0.9166), '«0.9166»'],
    [day('2026-06-03'), '«2026-06-03»'],
    [{ kind: 'duration', seconds: 30 * 3600 }, '«30:00:00»'],
    [{ kind: 'duration', seconds: -60 }, '«-0:01:00»'],
    [{ kind: 'error', value: '#N/A' }, '«#N/A»'],
    ['llega muy tarde\ny sin llaves, llamar antes', '«llega muy tarde y sin llaves, …»'],
  ] as [Cell | string, string][])('of %j is unknown and quoted in a warning', (cell, quoted) => {
    const { hour, warnings } = hourOf(cell);
    expect(hour).toBeNull();
    expect(warnings).toEqual([
      `Fila 2: la hora de llegada ${quoted} no es una hora válida (HH:MM) y queda como desconocida.`,
    ]);
  });

  it('that is blank is unknown without a word', () => {
    for (const cell of [EMPTY, text('  ')]) expect(hourOf(cell)).toEqual({ hour: null, warnings: [] });
  });

  it.each([number(34600111222), text('+34 600 11-12-22'), text('llamar al 600111222'), text('ana@example.com')])(
    'hides what must be a phone or an e-mail: %j',
    (cell) => {
      const [warning] = hourOf(cell).warnings;
      expect(warning).toContain('(valor oculto)');
      expect(warning).not.toMatch(/600|ana@/);
    },
  );
});

describe('the dates', () => {
  const checkIn = (cell: Cell | string) => {
    const sheet = parse(['Nombre', 'Checkin'], ['Ana', cell]);
    return { date: only(sheet)?.check_in, warnings: sheet.warnings };
  };

  it.each([
    [day('2026-06-03'), '2026-06-03'],
    [{ kind: 'dateTime', value: '2026-06-03T15:00:00' }, '2026-06-03'],
    [number(46176), '2026-06-03'],
    ['2026-06-03', '2026-06-03'],
    ['2026-06-03T15:00:00', '2026-06-03'],
    ['03/06/2026', '2026-06-03'],
    ['01/05/26', '2026-05-01'],
  ] as [Cell | string, string][])('of %j is %s', (cell, date) => {
    expect(checkIn(cell)).toEqual({ date, warnings: [] });
  });

  it.each(['31/06/2026', 'mañana', number(20260603), time('10:00')] as (Cell | string)[])(
    '%j is unknown, the row stays and is named',
    (cell) => {
      const { date, warnings } = checkIn(cell);
      expect(date).toBeNull();
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toMatch(/^Fila 2: la fecha de entrada /);
    },
  );

  it('count from 1904 in a workbook that does', () => {
    const rows = aSheet(['Nombre', 'Salida'], ['Ana', number(46176 - 1462)]);
    expect(only(parseArrivalsSheet(rows, NO_COLUMNS, { dateSystem: 1904 }))?.check_out).toBe('2026-06-03');
  });
});

describe('the identity of a row', () => {
  const header = ['Nombre', 'Checkin', 'Apartamento'];
  const base = idOf(header, ['García, Ana', day('2026-06-03'), '{04}']);

  it('does not depend on the file: order, spelling, other cells', () => {
    expect(idOf(['Apartamento', 'Hora', 'Nombre', 'Checkin'], ['4', '23:00', ' GARCIA ANA', '03/06/2026'])).toBe(base);
    expect(base).toMatch(/^row_[0-9a-f]{32}$/);
  });

  it('tells guests, days and apartments apart', () => {
    const others = [
      idOf(header, ['García, Eva', day('2026-06-03'), '{04}']),
      idOf(header, ['García, Ana', day('2026-06-04'), '{04}']),
      idOf(header, ['García, Ana', day('2026-06-03'), '{05}']),
      idOf(header, ['李', day('2026-06-03'), '{04}']),
      idOf(header, ['…', day('2026-06-03'), '{04}']),
      idOf(header, ['---', day('2026-06-03'), '{04}']),
    ];
    expect(new Set([base, ...others]).size).toBe(7);
  });

  it('follows the reference of the reservation, through a corrected name or date', () => {
    const referenced = (ref: string, guest: string, apartment: string) =>
      idOf(['Ref', ...header], [ref, guest, day('2026-06-03'), apartment]);
    expect(referenced('HM12345', 'Ana', '4')).toBe(referenced('HM12345', 'Ana García', '4'));
    expect(referenced('HM12345', 'Ana', '4')).not.toBe(referenced('HM12346', 'Ana', '4'));
    // One reference, two rooms: two guests are at two doors.
    expect(referenced('HM12345', 'Ana', '4')).not.toBe(referenced('HM12345', 'Ana', '5'));
  });

  it('keeps the guests of a group apart who share reference and type of room', () => {
    const rows = [
      ['HM12345', 'Ana García', day('2026-06-03'), '{135}'],
      ['HM12345', 'Bea Ruiz', day('2026-06-03'), '{135}'],
      ['HM12345', 'Ana García', day('2026-06-09'), '{135}'],
      ['HM12345', 'ana garcia', day('2026-06-03'), '{135}'],
    ];
    const ids = parse(['Ref', ...header], ...rows).reservations.map(({ reservation }) => reservation.id_externo);
    expect(new Set(ids).size).toBe(3);
    expect(ids[3]).toBe(ids[0]);
    const reversed = parse(['Ref', ...header], ...[...rows].reverse());
    expect(reversed.reservations.map(({ reservation }) => reservation.id_externo)).toEqual([...ids].reverse());
  });

  it('does not take a row number for a reference', () => {
    const numbered = (id: number, guest: string) =>
      idOf(['ID', ...header], [number(id), guest, day('2026-06-03'), '{04}']);
    expect(numbered(3, 'García, Ana')).toBe(base);
    expect(numbered(3, 'García, Eva')).not.toBe(base);
  });
});

describe('warnings', () => {
  it('never grow without end', () => {
    const rows = Array.from({ length: 700 }, () => ['Ana', 'tarde']);
    const { warnings, reservations } = parse(['Nombre', 'Hora'], ...rows);
    expect(reservations).toHaveLength(700);
    expect(warnings).toHaveLength(501);
    expect(warnings.at(-1)).toBe('Y 200 avisos más.');
  });

  it('never hold a guest, a phone or an e-mail, and no cell stops the reading', () => {
    const cell = fc.oneof(
      fc.string().map(text),
      fc.double().map(number),
      fc.constantFrom<Cell>(
        EMPTY,
        { kind: 'boolean', value: true },
        { kind: 'error', value: '#REF!' },
        day('2026-06-03'),
      ),
    );
    fc.assert(
      fc.property(cell, cell, cell, cell, (checkin, checkout, hour, apartment) => {
        const sheet = parse(
          ['Nombre', 'Tel', 'Email', 'Checkin', 'Checkout', 'Hora', 'Apartamento'],
          ['Zebenzuí Wunderlich', '+34611222333', 'zw@example.com', checkin, checkout, hour, apartment],
        );
        expect(sheet.reservations).toHaveLength(1);
        expect(sheet.warnings.join('\n')).not.toMatch(/Zebenzuí|Wunderlich|611222333|zw@/);
      }),
    );
  });
});
