import { describe, expect, it } from 'vitest';
import { parseApartmentsSheet, skippedSentences } from '../../../shared/domain/apartment/apartments-sheet.ts';
import type { ApartmentColumns } from '../../../shared/domain/apartment/apartments-sheet-columns.ts';
import { type Cell, EMPTY_CELL, type Row } from '../../../shared/platform/spreadsheet/cell.ts';

function cell(value: string | number | null): Cell {
  if (value === null) return EMPTY_CELL;
  return typeof value === 'string' ? { kind: 'text', value } : { kind: 'number', value };
}

type Values = readonly (string | number | null)[] | null;

/** Rows of a sheet from 1 on; null stands for a row that is not there. */
function rows(...values: readonly Values[]): Row[] {
  return values.flatMap((cells, at) => (cells === null ? [] : [{ number: at + 1, cells: cells.map(cell) }]));
}

const parse = (...values: readonly Values[]) => parseApartmentsSheet(rows(...values), undefined);
const accepted = (...values: readonly Values[]) => parse(...values).apartments.map(({ apartment }) => apartment);

describe('columns that are found by their headers', () => {
  it.each([
    [['ID', 'Nombre', 'Dirección', 'Ciudad']],
    [[' identificador ', 'NAME', 'address', 'city']],
    [['id_externo', 'Propiedad', 'Direccio\u0301n', 'CIUDAD']],
  ])('%j', (header) => {
    expect(accepted(header, ['7', 'Sol', 'Calle 1', 'Cádiz'])).toEqual([
      { id_pms: '7', id_externo: '7', nombre: 'Sol', direccion: 'Calle 1', ciudad: 'Cádiz' },
    ]);
  });

  it('of one field twice: the right-most cell that says something wins', () => {
    const header = ['x', 'id', 'nombre', 'name'];
    expect(accepted(header, ['1', 'A', 'Sol', 'Luna'], ['2', 'B', 'Mar', null]).map(({ nombre }) => nombre)).toEqual([
      'Luna',
      'Mar',
    ]);
  });

  it.each([
    [['x', 'nombre'], 1, 'del código'],
    [['id', 'x'], 1, 'del nombre'],
    [['x', 'y'], 2, 'del código'],
  ])('missing in %j are named with the headers that would do', (header, count, named) => {
    const { failures } = parse(header, ['1', '2']);
    expect([failures.length, failures[0]]).toEqual([count, expect.stringContaining(named)]);
  });
});

describe('columns as they are configured', () => {
  const columns: ApartmentColumns = { col_id_externo: 2, col_nombre: 1, col_direccion: 0, col_ciudad: 3 };
  const sheet = rows(['id', 'nombre'], [5, 'Sol', 'T5', 'Cádiz']);

  it('count from zero, whatever the headers say; 0 for address or city means none', () => {
    expect(parseApartmentsSheet(sheet, columns).apartments).toEqual([
      { fila: 2, apartment: { id_pms: '5', id_externo: 'T5', nombre: 'Sol', direccion: null, ciudad: 'Cádiz' } },
    ]);
  });

  it('with one column for code and name mean: by headers', () => {
    const same = { ...columns, col_id_externo: 0, col_nombre: 0 };
    expect(parseApartmentsSheet(sheet, same).apartments[0]?.apartment).toMatchObject({
      id_externo: '5',
      nombre: 'Sol',
    });
  });
});

describe('rows', () => {
  const header = ['id_pms', 'id', 'nombre', 'direccion'];

  it('take the id of the PMS from column A, and the code where that is blank', () => {
    const ids = accepted(header, [' 12 ', 'A', 'Sol'], [null, 'B', 'Luna'], [9.5, 'C', 'Mar']).map(
      ({ id_pms }) => id_pms,
    );
    expect(ids).toEqual(['12', 'B', '9.5']);
  });

  it('that are blank pass in silence, those that lack something or say too much are told by their number', () => {
    const { apartments, skipped } = parse(
      header,
      [null, ' '],
      null,
      ['1', null, 'Sol'],
      ['1', 'A', '<b></b>'],
      ['1', 'A', 'x'.repeat(201)],
      ['1', 'A', 'Sol', 'y'.repeat(300)],
    );
    expect(apartments.map(({ fila }) => fila)).toEqual([7]);
    expect(skippedSentences(skipped)).toEqual([
      'Fila 4: falta el código (id_externo); no se importa.',
      'Fila 5: falta el nombre; no se importa.',
      'Fila 6: el nombre tiene más de 200 caracteres; no se importa.',
    ]);
  });

  it('are kept as plain text of one line', () => {
    expect(accepted(header, ['1', 'A', ' <i>Sol</i> &\n Mar\u200b ', '1 < 2'])).toMatchObject([
      { nombre: 'Sol & Mar', direccion: '1 < 2' },
    ]);
  });

  it('have to be there', () => {
    for (const { failures } of [parse(), parse(header), parse(header, [null])]) {
      expect(failures).toEqual([expect.stringContaining('al menos una fila de datos')]);
    }
  });
});
