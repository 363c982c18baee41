import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { readSheet } from '../../../functions/booking-imports/operations/read-sheet.ts';

const HEADER = ['Guest name', 'Start date', 'End date'];
type Sheets = Readonly<Record<string, readonly (readonly string[])[]>>;

async function workbook(sheets: Sheets, hidden: readonly string[] = []) {
  const made = new ExcelJS.Workbook();
  for (const [name, rows] of Object.entries(sheets)) {
    const sheet = made.addWorksheet(name, { state: hidden.includes(name) ? 'hidden' : 'visible' });
    for (const row of rows) sheet.addRow([...row]);
  }
  const bytes = new Uint8Array(await made.xlsx.writeBuffer());
  return { name: 'schedule.xlsx', contentType: 'application/octet-stream', bytes };
}

/** The guest of the first row of the sheet that is taken. */
async function guestIn(sheets: Sheets, { asked, hidden }: { asked?: string; hidden?: readonly string[] } = {}) {
  const { body } = await readSheet(await workbook(sheets, hidden), { sheetName: asked, byLabel: false });
  const cell = body[0]?.cells[0];
  return cell?.kind === 'text' ? cell.value : undefined;
}
const bookings = (guest: string) => [HEADER, [guest, '2027-01-01', '2027-01-03']];
const NOTES = [['Remember', 'the keys']];

describe('the sheet of an import (aristay.md §6.3)', () => {
  it('is the one of the default name, wherever it stands and however it is written', async () => {
    expect(await guestIn({ Old: bookings('Old'), ' cleaning SCHEDULE ': bookings('New') })).toBe('New');
  });

  it('is the one that is asked for', async () => {
    const sheets = { 'Cleaning schedule': bookings('Default'), October: bookings('Asked') };
    expect(await guestIn(sheets, { asked: 'october ' })).toBe('Asked');
  });

  it('is the only one, whatever it is called', async () => {
    expect(await guestIn({ Hoja1: bookings('Only') })).toBe('Only');
    expect(await guestIn({ Hoja1: bookings('Only'), Lists: NOTES }, { hidden: ['Lists'] })).toBe('Only');
  });

  it('is the first of several whose header has what an import needs', async () => {
    expect(await guestIn({ Notes: NOTES, A: bookings('First'), B: bookings('Second') })).toBe('First');
  });

  it('is none where no header fits, and where the one that is asked for lacks a column', async () => {
    const file = (sentence: string) => ({ details: { issues: [{ field: 'file', message: sentence }] } });
    await expect(guestIn({ Notes: NOTES, More: NOTES })).rejects.toMatchObject(
      file('No sheet of the workbook is called “Cleaning schedule”, and none has the columns of bookings.'),
    );
    await expect(guestIn({ 'Cleaning schedule': [['Guest name', 'Start date']] })).rejects.toMatchObject(
      file('The first row has no header “End date”. Add it and upload the file again.'),
    );
  });
});
