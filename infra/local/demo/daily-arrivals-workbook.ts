import { columnIndex, columnLetters } from '../../../shared/platform/spreadsheet/column.ts';
import { type SheetValue, sheetWorkbook } from './sheet-workbook.ts';

const CHECK_IN = '2026-06-03';
const COLUMN_COUNT = 64;
const MILLISECONDS_PER_DAY = 86_400_000;

/** One arrival of the fixture. */
export interface DailyArrival {
  readonly guest: string;
  readonly phone: number | null;
  /** `HH:MM`, null for the owner stays. */
  readonly arrivalTime: string | null;
  readonly nights: number;
  /** Digits inside the braces of column BJ. */
  readonly typologyId: number;
}

/** In sheet order: rows 2 to 12. */
export const DAILY_ARRIVALS: readonly DailyArrival[] = [
  { guest: 'Víctor Andersen', phone: 666111444, arrivalTime: '16:00', nights: 3, typologyId: 135 },
  { guest: 'Lucía Ferrándiz Mora', phone: 34600111222, arrivalTime: '22:00', nights: 2, typologyId: 4 },
  { guest: 'Familia Quiroga, propietarios', phone: null, arrivalTime: null, nights: 6, typologyId: 12 },
  { guest: 'Tomasz Wiśniewski', phone: 48501234567, arrivalTime: '15:00', nights: 3, typologyId: 27 },
  { guest: 'Amélie Rousselot', phone: 33612345678, arrivalTime: '21:00', nights: 3, typologyId: 33 },
  { guest: 'Begoña Iturralde', phone: 655200300, arrivalTime: '15:30', nights: 7, typologyId: 48 },
  { guest: 'Oliver Pemberton', phone: 447700900123, arrivalTime: '17:45', nights: 3, typologyId: 59 },
  { guest: 'Nuria Casals i Pons', phone: 622334455, arrivalTime: '20:00', nights: 6, typologyId: 71 },
  { guest: 'Familia Lozano, propietarios', phone: null, arrivalTime: null, nights: 7, typologyId: 88 },
  { guest: 'Giulia Marchetti', phone: 393331234567, arrivalTime: '18:15', nights: 3, typologyId: 102 },
  { guest: 'Henrik Solberg', phone: 4791234567, arrivalTime: '19:59', nights: 2, typologyId: 160 },
];

/** Headers of the columns that mean something; none of them names a guest (`stay-sidekick.md` §5.3). */
const HEADERS: Readonly<Record<string, string>> = {
  A: 'Localizador',
  B: 'Estado',
  C: 'Fecha entrada',
  D: 'Fecha salida',
  E: 'Noches',
  O: 'Teléfono',
  S: 'Referencia',
  AV: 'Hora llegada',
  BJ: 'Id tipología',
};

function row(cells: Readonly<Record<string, SheetValue>>): SheetValue[] {
  const values = Array.from({ length: COLUMN_COUNT }, (): SheetValue => null);
  for (const [letters, value] of Object.entries(cells)) values[columnIndex(letters) ?? 0] = value;
  return values;
}

function headerRow(): SheetValue[] {
  return Array.from({ length: COLUMN_COUNT }, (_, index) => {
    const letters = columnLetters(index);
    return HEADERS[letters] ?? `Campo ${letters}`;
  });
}

function dayFraction(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) / (24 * 60);
}

/**
 * The daily arrivals export of `stay-sidekick.md` §9.1: 11 data rows, 64 columns, C and D real date cells, O numeric
 * phones, S the guest under `Referencia`, AV time cells, BJ `{135}`. With another `checkIn` (`YYYY-MM-DD`) every date
 * moves by the same number of days.
 */
export async function dailyArrivalsWorkbook({ checkIn = CHECK_IN }: { checkIn?: string } = {}): Promise<Buffer> {
  const arrival = Date.parse(`${checkIn}T00:00:00Z`);
  const rows = DAILY_ARRIVALS.map(({ guest, phone, arrivalTime, nights, typologyId }, index) =>
    row({
      A: `DA-${1000 + index}`,
      B: arrivalTime === null ? 'Propietario' : 'Confirmada',
      C: new Date(arrival),
      D: new Date(arrival + nights * MILLISECONDS_PER_DAY),
      E: nights,
      O: phone,
      S: guest,
      AV: arrivalTime === null ? null : dayFraction(arrivalTime),
      BJ: `{${typologyId}}`,
      BL: 'EUR',
    }),
  );
  const formats = { C: 'dd/mm/yyyy', D: 'dd/mm/yyyy', AV: 'hh:mm' };
  return sheetWorkbook([headerRow(), ...rows], { sheetName: 'Llegadas', formats });
}
