import { describe, expect, it } from 'vitest';
import { dailyArrivalsWorkbook } from '../../../infra/local/demo/daily-arrivals-workbook.ts';
import { readDateCell } from '../../../shared/domain/heatmap/date-cell.ts';
import { columnWarning, readDateColumn } from '../../../shared/domain/heatmap/date-column.ts';
import type { Cell, Row } from '../../../shared/platform/spreadsheet/cell.ts';
import { columnIndex } from '../../../shared/platform/spreadsheet/column.ts';
import type { DateSystem } from '../../../shared/platform/spreadsheet/serial-date.ts';
import { openWorkbook } from '../../../shared/platform/spreadsheet/workbook.ts';

const text = (value: string): Cell => ({ kind: 'text', value });
const number = (value: number): Cell => ({ kind: 'number', value });

async function read(cells: readonly Cell[], dateSystem: DateSystem = 1900) {
  async function* rows(): AsyncGenerator<Row> {
    yield { number: 1, cells: [text('Entrada')] };
    for (const [index, cell] of cells.entries()) yield { number: index + 2, cells: [cell, text('x')] };
  }
  return readDateColumn(rows(), 0, dateSystem);
}

describe('a date cell', () => {
  it.each([
    ['2026-05-03', '2026-05-03'],
    ['2026-05-03T14:00:00', '2026-05-03'],
    ['2026-05-03 14:00', '2026-05-03'],
    ['2026/05/03', '2026-05-03'],
    ['20260503', '2026-05-03'],
    ['03/05/2026', '2026-05-03'],
    ['3/5/2026 14:00', '2026-05-03'],
    ['03/05/26', '2026-05-03'],
    ['03-05-2026', '2026-05-03'],
    ['03.05.2026', '2026-05-03'],
    ['3 May 2026', '2026-05-03'],
    ['3 de mayo de 2026', '2026-05-03'],
    ['03-may-2026', '2026-05-03'],
    ['1 enero 2026', '2026-01-01'],
    ['31 Aug 2026', '2026-08-31'],
    ['05/13/2026', '2026-05-13'],
    ['13/05/2026', '2026-05-13'],
    [' 2026-05-03 ', '2026-05-03'],
  ])('with the text %s is %s', (written, date) => {
    expect(readDateCell(text(written), 1900)).toMatchObject({ kind: 'date', date });
  });

  it.each([
    '',
    '=HOY()',
    '+46143',
    '-03/05/2026',
    '@2026-05-03',
    '46143',
    '2026',
    '31/02/2026',
    '3 foo 2026',
    'mañana',
  ])('with the text «%s» is none', (written) => {
    expect(readDateCell(text(written), 1900)).toEqual({ kind: 'none' });
  });

  it.each(['26-06-03', '03-05-26', '1-2-03'])('with the text %s can be read in two ways', (written) => {
    expect(readDateCell(text(written), 1900)).toEqual({ kind: 'ambiguous' });
  });

  it.each<[Cell, DateSystem, string | undefined]>([
    [number(46_143), 1900, '2026-05-01'],
    [number(44_681), 1904, '2026-05-01'],
    [number(46_143.75), 1900, '2026-05-01'],
    [number(1), 1900, '1900-01-01'],
    [number(2_958_465), 1900, '9999-12-31'],
    [number(0), 1900, undefined],
    [number(2_958_466), 1900, undefined],
    [number(-1), 1900, undefined],
    [{ kind: 'date', value: '2026-05-01' }, 1900, '2026-05-01'],
    [{ kind: 'dateTime', value: '2026-05-01T23:59:00' }, 1900, '2026-05-01'],
    [{ kind: 'boolean', value: true }, 1900, undefined],
    [{ kind: 'error', value: '#N/A' }, 1900, undefined],
    [{ kind: 'time', value: '10:00:00' }, 1900, undefined],
  ])('%j in the %i date system is %s', (cell, dateSystem, date) => {
    expect(readDateCell(cell, dateSystem)).toEqual(date === undefined ? { kind: 'none' } : { kind: 'date', date });
  });
});

describe('a column', () => {
  it('counts its days and names the rows that it refuses', async () => {
    const column = await read([text('2026-05-03'), text('03/05/2026'), text('03-05-26'), text(''), text('x')]);
    expect(Object.fromEntries(column.counts)).toEqual({ '2026-05-03': 2 });
    expect(column).toMatchObject({ rowsRead: 5, discarded: 3, ambiguous: [4], doubtful: [] });
    expect(columnWarning('entradas', column)).toBe(
      'Fichero de entradas: 3 filas descartadas por no tener una fecha legible; de ellas, fila 4 con una fecha que se puede leer de dos maneras: escríbela como AAAA-MM-DD.',
    );
  });

  it('says so when it mixes dates with the day and with the month first', async () => {
    const column = await read([text('05/13/2026'), text('05/06/2026'), text('13/05/2026'), text('5/5/2026')]);
    expect(column.doubtful).toEqual([3]);
    expect(columnWarning('salidas', column)).toContain('fila 3 leídas con el día delante');
    expect((await read([text('05/06/2026'), text('13/05/2026')])).doubtful).toEqual([]);
  });

  it('without anything to say has no warning', async () => {
    expect(columnWarning('entradas', await read([text('2026-05-03')]))).toBeUndefined();
  });

  it('names twenty rows at most', async () => {
    const warning = columnWarning('entradas', await read(Array.from({ length: 30 }, () => text('1-2-03')))) ?? '';
    expect(warning).toContain('20, 21 y 10 más');
  });
});

describe('the sample of daily arrivals (stay-sidekick.md §9.1)', () => {
  const counted = async (letters: string) => {
    const workbook = await openWorkbook(await dailyArrivalsWorkbook());
    const column = await readDateColumn(workbook.readRows(), columnIndex(letters) ?? 0, workbook.dateSystem);
    return { ...Object.fromEntries(column.counts), discarded: column.discarded };
  };

  it('has eleven arrivals on 3 June', async () => {
    expect(await counted('C')).toEqual({ '2026-06-03': 11, discarded: 0 });
  });

  it('has its departures on four days', async () => {
    expect(await counted('D')).toEqual({
      '2026-06-05': 2,
      '2026-06-06': 5,
      '2026-06-09': 2,
      '2026-06-10': 2,
      discarded: 0,
    });
  });
});
