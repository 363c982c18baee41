import { describe, expect, it } from 'vitest';
import { dailyArrivalsWorkbook } from '../../../infra/local/demo/daily-arrivals-workbook.ts';
import {
  cellAt,
  cellDate,
  cellText,
  cellTime,
  compactText,
  type Row,
} from '../../../shared/platform/spreadsheet/cell.ts';
import { columnIndex } from '../../../shared/platform/spreadsheet/column.ts';
import { readWorkbook } from '../../../shared/platform/spreadsheet/workbook.ts';
import { apartmentListWorkbook } from '../../support/workbooks/apartment-list.ts';

const at = (row: Row, letters: string) => cellAt(row, columnIndex(letters) ?? -1);

function countBy(values: readonly (string | null)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[`${value}`] = (counts[`${value}`] ?? 0) + 1;
  return counts;
}

async function arrivals(options?: Parameters<typeof dailyArrivalsWorkbook>[0]) {
  const { rows } = await readWorkbook(await dailyArrivalsWorkbook(options), { fileName: 'llegadas.xlsx' });
  return { header: rows[0] as Row, data: rows.slice(1) };
}

describe('the daily arrivals export', () => {
  it('has 64 columns and 11 data rows from row 2 on', async () => {
    const { header, data } = await arrivals();
    expect(header.number).toBe(1);
    expect(header.cells).toHaveLength(64);
    expect(cellText(at(header, 'S'))).toBe('Referencia');
    expect(data.map((row) => row.number)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('has the arrivals and departures of the contract', async () => {
    const { data } = await arrivals();
    expect(countBy(data.map((row) => cellDate(at(row, 'C'))))).toEqual({ '2026-06-03': 11 });
    expect(countBy(data.map((row) => cellDate(at(row, 'D'))))).toEqual({
      '2026-06-05': 2,
      '2026-06-06': 5,
      '2026-06-09': 2,
      '2026-06-10': 2,
    });
  });

  it('has three arrivals from 20:00 and nine from 15:00', async () => {
    const { data } = await arrivals();
    const times = data.map((row) => cellTime(at(row, 'AV')));
    expect(times.filter((time) => time !== null && time >= '20:00')).toEqual(['22:00', '21:00', '20:00']);
    expect(times.filter((time) => time !== null && time >= '15:00')).toHaveLength(9);
    expect(times.filter((time) => time === null)).toHaveLength(2);
  });

  it('has numeric phones and braced typologies, and neither phone nor time on owner stays', async () => {
    const { data } = await arrivals();
    const andersen = data.find((row) => cellText(at(row, 'S')) === 'Víctor Andersen') as Row;
    expect(at(andersen, 'O').kind).toBe('number');
    expect(compactText(at(andersen, 'O'))).toBe('666111444');
    expect(cellText(at(andersen, 'BJ'))).toBe('{135}');
    for (const row of data) {
      expect(cellText(at(row, 'BJ'))).toMatch(/^\{\d+\}$/);
      expect(at(row, 'O').kind === 'empty').toBe(cellTime(at(row, 'AV')) === null);
    }
  });

  it('has no header that names a guest', async () => {
    const { header } = await arrivals();
    const names = ['nombre', 'name', 'guest', 'huesped', 'huésped', 'guest_name', 'nombre_huesped', 'nombre_huésped'];
    const headers = header.cells.map((cell) => cellText(cell).toLowerCase().replaceAll(' ', '_'));
    expect(headers.filter((title) => names.includes(title))).toEqual([]);
  });

  it('moves every date with the check-in asked for', async () => {
    const { data } = await arrivals({ checkIn: '2027-02-27' });
    expect(countBy(data.map((row) => cellDate(at(row, 'C'))))).toEqual({ '2027-02-27': 11 });
    expect(countBy(data.map((row) => cellDate(at(row, 'D'))))).toEqual({
      '2027-03-01': 2,
      '2027-03-02': 5,
      '2027-03-05': 2,
      '2027-03-06': 2,
    });
  });
});

describe('the apartment list', () => {
  it('has 160 apartments under the headers of the contract', async () => {
    const { rows } = await readWorkbook(await apartmentListWorkbook());
    const [header, ...data] = rows as [Row, ...Row[]];
    expect(header.cells.map(cellText).filter((_, index) => [0, 1, 2, 3, 4, 11].includes(index))).toEqual([
      'ID',
      'Tipología',
      'Grupo',
      'Dirección completa',
      'Código',
      'Ciudad',
    ]);
    expect(data.map((row) => cellText(at(row, 'A')))).toEqual(
      Array.from({ length: 160 }, (_, index) => String(index + 1)),
    );
    expect(new Set(data.map((row) => cellText(at(row, 'E')))).size).toBe(160);
    expect(new Set(data.map((row) => cellText(at(row, 'B')))).size).toBe(160);
    expect(data.every((row) => cellText(at(row, 'D')) !== '' && cellText(at(row, 'L')) !== '')).toBe(true);
  });
});
