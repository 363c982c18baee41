import { AppError } from '../../platform/errors/app-error.ts';
import { type Cell, cellAt, cellText, compactText, EMPTY_CELL, type Row } from '../../platform/spreadsheet/cell.ts';
import type { DateSystem } from '../../platform/spreadsheet/serial-date.ts';
import { readDay } from '../arrival/arrivals-sheet-cells.ts';
import type { GuestStay } from './contact.ts';
import type { ContactColumns } from './preferences.ts';

type Field = 'check_in' | 'guest' | 'typology' | 'phone';

/** Headers of `stay-sidekick.md` §5.4; `referencia` is the guest here and a reservation's id in §5.3. */
const HEADERS: Readonly<Record<Field, readonly string[]>> = {
  check_in: ['checkin', 'check-in', 'check_in', 'fecha_entrada', 'arrival', 'entrada'],
  guest: ['nombre', 'name', 'guest', 'huesped', 'huésped', 'guest_name', 'referencia'],
  typology: ['tipologia', 'tipología', 'id_tipologia', 'unit_type', 'tipo'],
  phone: ['telefono', 'teléfono', 'phone', 'tel', 'movil', 'móvil'],
};

const FIELD_OF_HEADER = new Map(
  (Object.keys(HEADERS) as Field[]).flatMap((field) => HEADERS[field].map((header) => [header, field] as const)),
);

const NO_ROWS = 'El fichero debe tener una cabecera en la fila 1 y al menos una fila de datos.';
const NO_GUEST_COLUMN =
  'No se ha encontrado la columna del nombre del huésped. Indica su número en las preferencias o usa una cabecera como «Nombre», «Huésped» o «Guest».';

/** What the sheet is read against. */
export interface SheetReading {
  readonly columns: ContactColumns;
  readonly dateSystem: DateSystem;
  /** Apartment names by the PMS's id, whether the apartment is active or not. */
  readonly apartmentNames: ReadonlyMap<string, string>;
}

/**
 * The guests of a sheet of reservations (`stay-sidekick.md` §5.4), row by row. Row 1 is the header and never data; rows
 * without a guest pass in silence.
 * @throws AppError `bad_request` for a sheet without data rows or without a column of names
 */
export async function* readContactsSheet(rows: AsyncIterable<Row>, reading: SheetReading): AsyncGenerator<GuestStay> {
  let columns: ReadonlyMap<Field, number> | undefined;
  let hasData = false;
  for await (const row of rows) {
    columns ??= columnsOf(row.number === 1 ? row : undefined, reading.columns);
    if (row.number === 1) continue;
    hasData = true;
    if (!columns.has('guest')) throw new AppError('bad_request', NO_GUEST_COLUMN);
    const stay = stayOf(row, columns, reading);
    if (stay !== undefined) yield stay;
  }
  if (!hasData) throw new AppError('bad_request', NO_ROWS);
}

function stayOf(row: Row, columns: ReadonlyMap<Field, number>, reading: SheetReading): GuestStay | undefined {
  const cellOf = (field: Field): Cell => {
    const column = columns.get(field);
    return column === undefined ? EMPTY_CELL : cellAt(row, column);
  };
  const name = cellText(cellOf('guest'));
  if (name === '') return undefined;
  const codes = cellText(cellOf('typology')).match(/(?<=\{)\d+(?=\})/g) ?? [];
  return {
    name,
    phone: compactText(cellOf('phone')),
    checkIn: readDay(cellOf('check_in'), reading.dateSystem).value,
    apartments: codes.flatMap((code) => reading.apartmentNames.get(code) ?? []),
  };
}

/** A configured number decides its field alone; of the other headers the left-most of each field wins. */
function columnsOf(header: Row | undefined, configured: ContactColumns): ReadonlyMap<Field, number> {
  const chosen = new Map<Field, number>();
  const numbers: readonly [Field, number][] = [
    ['check_in', configured.col_checkin],
    ['guest', configured.col_nombre],
    ['typology', configured.col_tipologia],
    ['phone', configured.col_telefono],
  ];
  for (const [field, number] of numbers) if (number > 0) chosen.set(field, number - 1);
  const taken = new Set(chosen.values());
  for (const [index, cell] of (header?.cells ?? []).entries()) {
    const field = FIELD_OF_HEADER.get(cellText(cell).normalize('NFC').toLowerCase().replace(/\s+/g, '_'));
    if (field !== undefined && !taken.has(index) && !chosen.has(field)) chosen.set(field, index);
  }
  return chosen;
}
