import { type Cell, cellAt, cellText, compactText, EMPTY_CELL, type Row } from '../../platform/spreadsheet/cell.ts';
import type { DateSystem } from '../../platform/spreadsheet/serial-date.ts';
import { createReservation, type Reservation } from '../reservation/reservation.ts';
import { normaliseCode } from './apartment-match.ts';
import { type CellReading, quoteCell, readDay, readHour } from './arrivals-sheet-cells.ts';
import { type ArrivalColumns, type ArrivalField, type ColumnMap, mapArrivalColumns } from './arrivals-sheet-columns.ts';
import { digest, foldText } from './stay-identity.ts';

/** A row that names a guest. */
export interface ParsedArrival {
  /** Spreadsheet row number; the first data row is 2. */
  readonly row: number;
  readonly reservation: Reservation;
}

export interface SkippedRow {
  readonly row: number;
  readonly reason: string;
}

export interface ArrivalsSheet {
  /** Data rows with at least one value: as many as `reservations` and `skipped` together. */
  readonly rowsRead: number;
  readonly reservations: readonly ParsedArrival[];
  readonly skipped: readonly SkippedRow[];
  /** For people, by row, skipped rows included. Never a guest's name, phone or e-mail. At most 500 and a count. */
  readonly warnings: readonly string[];
  /** Why the sheet as a whole gives nothing; null when it could be read. Not repeated in `warnings`. */
  readonly failure: string | null;
}

export interface SheetContext {
  /** Of the workbook, for numbers that stand for dates; 1900 unless said. */
  readonly dateSystem?: DateSystem;
  /** When the file came, ISO 8601; the `observed_at` of its reservations. */
  readonly observedAt?: string;
}

const HEADER_ROW = 1;
const MAX_WARNINGS = 500;
/** Shorter references may be mere row numbers, which name another guest in the next file. */
const MIN_REFERENCE_LENGTH = 5;

const NO_ROWS = 'El fichero debe tener una cabecera en la fila 1 y al menos una fila de datos.';
const NO_GUEST_COLUMN =
  'No se ha encontrado la columna del nombre del huésped. Indica su letra en la configuración o usa una cabecera como «Nombre», «Huésped» o «Guest».';
const NO_GUEST = 'falta el nombre del huésped';

/**
 * Reads a sheet of arrivals (`stay-sidekick.md` §5.3). Row 1 is the header and never data. A row with a guest is
 * kept whatever else it lacks; an hour or a date that cannot be read is null and leaves a warning. Blank rows pass in
 * silence (D-43).
 *
 * @example parseArrivalsSheet((await readWorkbook(bytes)).rows, settings)
 */
export function parseArrivalsSheet(
  rows: Iterable<Row>,
  columns: ArrivalColumns,
  context: SheetContext = {},
): ArrivalsSheet {
  let header: Row | undefined;
  const data: Row[] = [];
  for (const row of rows) {
    if (row.number === HEADER_ROW) header = row;
    else if (!isBlank(row)) data.push(row);
  }
  if (data.length === 0) return failed(NO_ROWS, data.length);
  const map = mapArrivalColumns(header, columns);
  if (!map.has('guest')) return failed(NO_GUEST_COLUMN, data.length);

  const reservations: ParsedArrival[] = [];
  const skipped: SkippedRow[] = [];
  const warnings: string[] = [];
  for (const row of data) {
    const outcome = parseRow(row, map, context);
    warnings.push(...outcome.warnings);
    if (outcome.reservation === null) skipped.push({ row: row.number, reason: NO_GUEST });
    else reservations.push({ row: row.number, reservation: outcome.reservation });
  }
  return {
    rowsRead: data.length,
    reservations: separateStays(reservations),
    skipped,
    warnings: capped(warnings),
    failure: null,
  };
}

function parseRow(
  row: Row,
  map: ColumnMap,
  { dateSystem = 1900, observedAt }: SheetContext,
): { reservation: Reservation | null; warnings: string[] } {
  const cellOf = (field: ArrivalField): Cell => {
    const column = map.get(field);
    return column === undefined ? EMPTY_CELL : cellAt(row, column);
  };
  const textOf = (field: ArrivalField) => cellText(cellOf(field)) || null;
  const guest = textOf('guest');
  if (guest === null) return { reservation: null, warnings: [`Fila ${row.number}: omitida, ${NO_GUEST}.`] };

  const warnings: string[] = [];
  const checked = (field: ArrivalField, read: CellReading, complaint: (quoted: string) => string) => {
    if (!read.understood) warnings.push(`Fila ${row.number}: ${complaint(quoteCell(cellOf(field)))}.`);
    return read.value;
  };
  const checkIn = checked('check_in', readDay(cellOf('check_in'), dateSystem), badDate('entrada'));
  const checkOut = checked('check_out', readDay(cellOf('check_out'), dateSystem), badDate('salida'));
  const arrivalTime = checked('arrival_time', readHour(cellOf('arrival_time')), badHour);
  const apartment = textOf('apartment');
  const reservation = createReservation({
    source: 'arrivals_file',
    observed_at: observedAt ?? null,
    id_externo: rowIdentity({ reference: compactText(cellOf('reference')), guest, checkIn, apartment }),
    status: 'confirmed',
    guest_name: guest,
    email: textOf('email'),
    phone: compactText(cellOf('phone')) || null,
    check_in: checkIn,
    check_out: checkOut,
    arrival_time: arrivalTime,
    apartment_name: apartment,
  });
  return { reservation, warnings };
}

/**
 * The same for the same stay in any file: the reservation's reference, else guest and check-in, always with the
 * apartment, because exports repeat a reference for each room of a booking.
 */
function rowIdentity(stay: {
  reference: string;
  guest: string;
  checkIn: string | null;
  apartment: string | null;
}): string {
  const apartment = normaliseCode(stay.apartment) ?? stay.apartment ?? '';
  const who =
    stay.reference.length >= MIN_REFERENCE_LENGTH
      ? ['reference', stay.reference]
      : ['guest', guestAndDay({ guest_name: stay.guest, check_in: stay.checkIn })];
  return `row_${digest([...who, foldText(apartment)])}`;
}

/**
 * Gives rows of one file that share an identity and yet name different guests or days one each: a group's rooms of one
 * type come under one reference, and none of its guests may be lost.
 */
function separateStays(arrivals: readonly ParsedArrival[]): ParsedArrival[] {
  const stays = new Map<string, Set<string>>();
  for (const { reservation } of arrivals) {
    const known = stays.get(reservation.id_externo) ?? new Set();
    stays.set(reservation.id_externo, known.add(guestAndDay(reservation)));
  }
  return arrivals.map((arrival) => {
    const { id_externo } = arrival.reservation;
    if (stays.get(id_externo)?.size === 1) return arrival;
    const separate = `row_${digest([id_externo, guestAndDay(arrival.reservation)])}`;
    return { ...arrival, reservation: { ...arrival.reservation, id_externo: separate } };
  });
}

function guestAndDay({ guest_name, check_in }: Pick<Reservation, 'guest_name' | 'check_in'>): string {
  const guest = guest_name ?? '';
  return `${foldText(guest) || guest}\u0000${check_in ?? ''}`;
}

function badDate(which: string): (quoted: string) => string {
  return (quoted) => `la fecha de ${which} ${quoted} no se entiende y queda vacía`;
}

function badHour(quoted: string): string {
  return `la hora de llegada ${quoted} no es una hora válida (HH:MM) y queda como desconocida`;
}

function isBlank(row: Row): boolean {
  return row.cells.every((cell) => cell.kind !== 'error' && cellText(cell) === '');
}

function capped(warnings: string[]): string[] {
  if (warnings.length <= MAX_WARNINGS) return warnings;
  return [...warnings.slice(0, MAX_WARNINGS), `Y ${warnings.length - MAX_WARNINGS} avisos más.`];
}

function failed(failure: string, rowsRead: number): ArrivalsSheet {
  return { rowsRead, reservations: [], skipped: [], warnings: [], failure };
}
