import { describe, expect, it } from 'vitest';
import { sourceSlug } from '../../../shared/domain/booking/booking-source.ts';
import { importColumns } from '../../../shared/domain/booking-import/import-columns.ts';
import { labelMatcher } from '../../../shared/domain/booking-import/property-labels.ts';
import { filledRows, type ReadRows, readRows } from '../../../shared/domain/booking-import/read-rows.ts';
import type { Property } from '../../../shared/domain/property/property.ts';
import type { Cell, Row } from '../../../shared/platform/spreadsheet/cell.ts';

const MADE = { created_at: '2026-01-01T00:00:00Z', created_by: null, modified_at: null, modified_by: null };
const ALIVE = { deleted_at: null, deleted_by: null, deletion_reason: null };

function home(id: number, name: string): Property {
  const times = { check_in_time: '15:00', check_out_time: '11:00', timezone: null };
  const more = { address: '', property_type: 'house', external_ref: null, units: [], version: 1, longest_stay_s: 0 };
  return { id, name, ...times, ...more, ...MADE, ...ALIVE } as unknown as Property;
}
const HOMES = [home(1, 'Lake House'), home(2, 'Lake House II'), home(3, 'Casa del Faro')];

function cells(texts: readonly string[], number: number): Row {
  return { number, cells: texts.map((value): Cell => (value === '' ? { kind: 'empty' } : { kind: 'text', value })) };
}

const HEADER = ['Code', 'Guest name', 'Source', 'Start date', 'End date', 'Property', 'Earnings', 'Check 1'];
type Given = Partial<Record<(typeof HEADER)[number], string>>;
const STAY: Given = {
  'Guest name': 'Ana',
  'Start date': '2026-07-01',
  'End date': '2026-07-03',
  Property: 'Lake House',
};

/** Rows under a header, each by its headers; `undefined` is a blank one. */
function read(...rows: readonly (Given | undefined)[]): ReadRows {
  const columns = importColumns(cells(HEADER, 1));
  const given = rows.map((row, at) =>
    cells(
      HEADER.map((title) => (row === undefined ? '' : (row[title] ?? ''))),
      at + 2,
    ),
  );
  const context = {
    ...{ empresaId: 'company', columns, dateSystem: 1900 as const, companyZone: 'Europe/Madrid' },
    ...{ retentionMonths: 24, nowSeconds: 1_780_000_000, property: undefined, match: labelMatcher(HOMES) },
  };
  return readRows(context, filledRows(columns, given));
}

describe('rows of a file of bookings', () => {
  it('have the numbers that the file gives them, blank ones neither counted nor in the way', () => {
    const { rows, errors, total } = read(STAY, undefined, { ...STAY, 'Guest name': '' }, STAY);
    expect([total, rows.map(({ row_number }) => row_number), errors.map(({ row_number }) => row_number)]).toEqual([
      3,
      [2, 5],
      [4],
    ]);
  });

  it('of a guest who booked directly have one source, whatever the spelling, and a code that a repeat gives again', () => {
    expect(['Directly', 'Direct', ' direct '].map(sourceSlug)).toEqual(['direct', 'direct', 'direct']);
    const direct = { ...STAY, Source: 'Directly', Code: '' };
    const [first, generic, again] = [direct, { ...direct, Code: 'Directly' }, direct].map((row) => read(row).rows[0]);
    expect(first?.external_code).toMatch(/^DIR-[0-9A-F]{8}$/);
    expect([generic?.external_code, again?.external_code, first?.own_code]).toEqual([
      first?.external_code,
      first?.external_code,
      false,
    ]);
  });

  it('find their property by its whole name before a part of it, and none where a part fits several', () => {
    const found = (label: string) => read({ ...STAY, Property: label });
    expect(found('lake house').rows[0]?.property_id).toBe(1);
    expect(found('del Faro').rows[0]?.property_id).toBe(3);
    expect(found('Lake').errors).toMatchObject([{ message: expect.stringContaining('ambiguous') }]);
  });

  it('are taken without an amount that cannot be read, and with no note where a check says 0', () => {
    const { rows, errors, warnings } = read({ ...STAY, Earnings: 'soon', 'Check 1': '0' });
    expect([errors, rows[0]?.earnings_amount, rows[0]?.same_day_note]).toEqual([[], null, '']);
    expect(warnings).toMatchObject([{ field: 'earnings_amount' }]);
  });
});
