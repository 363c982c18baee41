import { describe, expect, it } from 'vitest';
import type { GuestStay } from '../../../shared/domain/contact/contact.ts';
import { readContactsSheet } from '../../../shared/domain/contact/contacts-sheet.ts';
import { type ContactColumns, DEFAULT_CONTACT_PREFERENCES } from '../../../shared/domain/contact/preferences.ts';
import { type Cell, EMPTY_CELL, type Row } from '../../../shared/platform/spreadsheet/cell.ts';

const text = (value: string): Cell => (value === '' ? EMPTY_CELL : { kind: 'text', value });
const NAMES = new Map([
  ['12', 'Sol'],
  ['34', 'Mar'],
]);

async function read(
  sheet: readonly (readonly (string | Cell)[])[],
  columns: Partial<ContactColumns> = {},
): Promise<readonly GuestStay[]> {
  async function* rows(): AsyncGenerator<Row> {
    for (const [at, cells] of sheet.entries()) {
      yield { number: at + 1, cells: cells.map((cell) => (typeof cell === 'string' ? text(cell) : cell)) };
    }
  }
  const found: GuestStay[] = [];
  const reading = {
    columns: { ...DEFAULT_CONTACT_PREFERENCES.xlsx_reservas, ...columns },
    dateSystem: 1900 as const,
    apartmentNames: NAMES,
  };
  for await (const stay of readContactsSheet(rows(), reading)) found.push(stay);
  return found;
}

const HEADER = ['Entrada', 'Huésped', 'Tipología', 'Móvil'];

describe('a sheet of reservations', () => {
  it('is read by its headers', async () => {
    expect(await read([HEADER, ['2026-06-03', ' Ana ', '{12}', '600111222']])).toEqual([
      { name: 'Ana', phone: '600111222', checkIn: '2026-06-03', apartments: ['Sol'] },
    ]);
  });

  it('is read by its numbers, one-based, whatever the headers say', async () => {
    const columns = { col_checkin: 4, col_nombre: 3, col_telefono: 1 };
    expect(await read([HEADER, ['600111222', 'Otra', 'Ana', '03/06/2026']], columns)).toEqual([
      { name: 'Ana', phone: '600111222', checkIn: '2026-06-03', apartments: [] },
    ]);
  });

  it('takes the left-most of two headers, and `Referencia` for the guest', async () => {
    const [stay] = await read([
      ['Referencia', 'Nombre', 'Tel'],
      ['Ana', 'Berta', '600111222'],
    ]);
    expect(stay?.name).toBe('Ana');
  });

  it('finds every unit of a cell, and nothing where there are no braces', async () => {
    const stays = await read([HEADER, ['', 'A', '{12}{34}', ''], ['', 'B', '12', ''], ['', 'C', '{99}{34}', '']]);
    expect(stays.map(({ apartments }) => apartments)).toEqual([['Sol', 'Mar'], [], ['Mar']]);
  });

  it('writes numbers as people dial them, and dates of cells and of texts alike (D-23)', async () => {
    const phone: Cell = { kind: 'number', value: 34_600_111_222, float: true };
    const stays = await read([
      HEADER,
      [{ kind: 'date', value: '2026-06-03' }, 'Ana', '', phone],
      ['13/06/2026', 'Ana', '', phone],
      ['mañana', 'Ana', '', phone],
    ]);
    expect(stays.map(({ checkIn }) => checkIn)).toEqual(['2026-06-03', '2026-06-13', null]);
    expect(stays[0]?.phone).toBe('34600111222');
  });

  it('passes over rows without a guest', async () => {
    expect(await read([HEADER, ['2026-06-03', '', '', '600111222']])).toEqual([]);
  });

  it.each([
    ['no rows', []],
    ['a header alone', [HEADER]],
  ])('with %s says what it needs', async (_, sheet) => {
    await expect(read(sheet)).rejects.toMatchObject({
      code: 'bad_request',
      message: expect.stringMatching(/cabecera/),
    });
  });

  it('without a column of names says so', async () => {
    const sheet = [
      ['Entrada', 'Móvil'],
      ['2026-06-03', '600111222'],
    ];
    await expect(read(sheet)).rejects.toMatchObject({ code: 'bad_request', message: expect.stringMatching(/nombre/) });
  });
});
