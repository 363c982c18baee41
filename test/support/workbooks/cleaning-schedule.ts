import ExcelJS from 'exceljs';

/** One row of the schedule. */
export interface ScheduledStay {
  readonly property: string;
  readonly guest: string;
  readonly source: 'Airbnb' | 'Directly';
  /** `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  readonly adults: number;
  readonly note: string;
}

const HEADERS = [
  // The first column of real files is empty.
  '',
  'Properties',
  'Confirmation code',
  'Status',
  'Guest name',
  'Contact',
  '# of adults',
  '# of children',
  '# of infants',
  'Start date',
  'End date',
  '# of nights',
  'Booked',
  'Listing',
  'Earnings',
  'Airbnb/VRBO',
  'Walk Through before guest check in',
  'Clean up after guests check out',
  'Check for conflicts',
  'Check ',
  'Check 1',
];
/** Rows of a real sheet, most of them blank but for formulas that were filled down. */
const PHYSICAL_ROWS = 1_000;
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(2026, 1, 1);
/** Days from the first day of the 1900 system, as spreadsheets count them. */
const serial = (day: string) => Date.parse(day) / DAY_MS + 25_569;
const dayOf = (days: number) => new Date(FIRST_DAY + days * DAY_MS).toISOString().slice(0, 10);

/** Stay `at` of many that go round the properties, one after the other in each; every seventh came directly. */
export function stayOf(at: number, properties: number): ScheduledStay {
  const place = Math.floor(at / properties);
  return {
    property: `House ${String((at % properties) + 1).padStart(2, '0')}`,
    guest: `Guest ${at + 1}`,
    source: at % 7 === 3 ? 'Directly' : 'Airbnb',
    from: dayOf(place * 3),
    to: dayOf(place * 3 + 2),
    adults: 1 + (at % 4),
    note: at % 10 === 0 ? 'same day turnover' : '',
  };
}

/**
 * A weekly cleaning schedule as people keep it (`aristay.md` §6): dates as serial numbers, source and check columns made
 * by formulas that print 0 when they have nothing to say, blank rows between and after the others, other sheets beside.
 */
export async function cleaningSchedule(stays: readonly ScheduledStay[]): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  workbook.addWorksheet('Cleaners').addRows([['Name', 'Phone'], ...['Ana', 'Bob'].map((name) => [name, '555'])]);
  const sheet = workbook.addWorksheet('Cleaning schedule ');
  sheet.addRow(HEADERS);
  for (const [at, stay] of stays.entries()) {
    if (at > 0 && at % 25 === 0) sheet.addRow(blankRow());
    sheet.addRow(rowOf(stay, at));
  }
  while (sheet.rowCount < PHYSICAL_ROWS) sheet.addRow(blankRow());
  workbook.addWorksheet('Totals').addRow(['Total', { formula: 'COUNTA(B:B)', result: stays.length }]);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

const printed = (result: string | number) => ({ formula: 'IF(TRUE,"","")', result });

function blankRow(): ExcelJS.CellValue[] {
  const row: ExcelJS.CellValue[] = HEADERS.map(() => null);
  for (const column of [15, 19, 20]) row[column] = printed(0);
  return row;
}

function rowOf(stay: ScheduledStay, at: number): ExcelJS.CellValue[] {
  const isDirect = stay.source === 'Directly';
  return [
    null,
    ` ${stay.property.toUpperCase()} `,
    // Every direct row says the same word, which is no code.
    isDirect ? 'Directly' : `HM${stay.property.slice(-2)}${stay.from.replaceAll('-', '')}`,
    at % 3 === 0 ? 'Confirmed' : 'Currently hosting',
    stay.guest,
    5_550_000 + at,
    stay.adults,
    null,
    0,
    serial(stay.from),
    serial(stay.to),
    2,
    serial('2026-01-02'),
    `${stay.property} with garden`,
    '$1,250.50',
    printed(stay.source),
    'yes',
    null,
    printed(0),
    printed(stay.note === '' ? 0 : stay.note),
    printed(0),
  ];
}
