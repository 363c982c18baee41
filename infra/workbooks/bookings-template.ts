import ExcelJS from 'exceljs';

const FOLDER = new URL('../../functions/booking-imports/', import.meta.url);

/** The committed templates; the function that hands them out finds them beside its handler. */
export const BOOKINGS_TEMPLATE_FILE = new URL('bookings.xlsx', FOLDER);
/** For rows that name their property. */
export const BOOKINGS_BY_PROPERTY_FILE = new URL('bookings-by-property.xlsx', FOLDER);

const COLUMNS = [
  { header: 'Properties', width: 28, note: 'Name of the property. Required.', byProperty: true },
  { header: 'Unit', width: 10, note: 'Number of the unit. Blank: the whole property.' },
  { header: 'Confirmation code', width: 20, note: "The channel's code. Blank: one is made of guest and date." },
  { header: 'Status', width: 20, note: 'Confirmed, Booked, Currently hosting, Owner staying, Cancelled or Completed.' },
  { header: 'Guest name', width: 28, note: 'Required.' },
  { header: 'Contact', width: 28, note: 'Phone or e-mail.' },
  { header: 'Booking source', width: 16, note: 'Airbnb, VRBO, Booking.com, Expedia, Direct, Owner or another name.' },
  { header: 'Listing', width: 28, note: "The listing's name on the channel." },
  { header: 'Start date', width: 14, note: 'Check-in. Required.', date: true },
  { header: 'End date', width: 14, note: 'Check-out. Required.', date: true },
  { header: '# of adults', width: 12, note: 'Blank: 1.' },
  { header: '# of children', width: 12, note: 'Blank: 0.' },
  { header: '# of infants', width: 12, note: 'Blank: 0.' },
  { header: 'Earnings', width: 14, note: 'An amount in US dollars.' },
  { header: 'Booked', width: 14, note: 'When the booking was made.', date: true },
] as const satisfies readonly {
  header: string;
  width: number;
  note: string;
  date?: boolean;
  byProperty?: boolean;
}[];

const HELP = [
  ['How to use this template'],
  ['Fill in the sheet “Cleaning schedule”, one row for each booking, and leave the headers as they are.'],
  ['Importing the same file again changes nothing. An import can be undone for 30 days.'],
  ['A date without a time takes the hours of its property.'],
];
const WRITTEN = new Date(Date.UTC(2026, 0, 1));

/** An empty workbook that an import reads. @param byProperty with a column for the property */
export async function bookingsTemplate(byProperty: boolean): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  workbook.creator = 'Stay Ops';
  workbook.created = WRITTEN;
  workbook.modified = WRITTEN;
  const sheet = workbook.addWorksheet('Cleaning schedule', { views: [{ state: 'frozen', ySplit: 1 }] });
  const columns = COLUMNS.filter((column) => byProperty || !('byProperty' in column));
  // As text unless a date: a code keeps its leading zeros.
  sheet.columns = columns.map((column) => ({
    header: column.header,
    width: column.width,
    style: { numFmt: 'date' in column ? 'yyyy-mm-dd' : '@' },
  }));
  const header = sheet.getRow(1);
  header.font = { bold: true, color: { argb: 'FFFFFFFF' } };
  header.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF1F4E78' } };
  for (const [at, { note }] of columns.entries()) sheet.getCell(1, at + 1).note = note;
  const help = workbook.addWorksheet('How to');
  help.getColumn(1).width = 110;
  for (const row of [...HELP, ...columns.map((column) => [`${column.header}: ${column.note}`])]) help.addRow(row);
  help.getRow(1).font = { bold: true };
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
