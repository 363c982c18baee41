import { cellAt, cellText, type Row } from '../../platform/spreadsheet/cell.ts';
import { plainLine } from '../../platform/text/plain-line.ts';
import { APARTMENT_LIMITS } from './apartment.ts';
import { type ApartmentColumns, mapApartmentColumns, type SheetField } from './apartments-sheet-columns.ts';
import type { IncomingApartment } from './catalogue-plan.ts';

/** A row that names a dwelling. */
export interface SheetApartment {
  /** Spreadsheet row number; the first data row is 2. */
  readonly fila: number;
  readonly apartment: IncomingApartment;
}

export interface SkippedRow {
  readonly fila: number;
  readonly motivo: string;
}

export interface ApartmentsSheet {
  readonly apartments: readonly SheetApartment[];
  readonly skipped: readonly SkippedRow[];
  /** Why the sheet as a whole gives nothing, in sentences; empty when it could be read. */
  readonly failures: readonly string[];
}

const HEADER_ROW = 1;
const NO_ROWS = 'El fichero debe tener una cabecera en la fila 1 y al menos una fila de datos.';

const NAMES: Readonly<Record<keyof IncomingApartment, string>> = {
  id_pms: 'el identificador de la columna A',
  id_externo: 'el código',
  nombre: 'el nombre',
  direccion: 'la dirección',
  ciudad: 'la ciudad',
};

/**
 * Reads a sheet of apartments (`stay-sidekick.md` §5.2). Row 1 is the header and never data; column A is always the id
 * of the PMS, and the code where it is blank. Blank rows pass in silence (D-43).
 *
 * @param columns as the company has saved them; undefined: found by their headers
 */
export function parseApartmentsSheet(rows: Iterable<Row>, columns: ApartmentColumns | undefined): ApartmentsSheet {
  let header: Row | undefined;
  const data: Row[] = [];
  for (const row of rows) {
    if (row.number === HEADER_ROW) header = row;
    else if (row.cells.some((cell) => cellText(cell) !== '')) data.push(row);
  }
  if (data.length === 0) return { apartments: [], skipped: [], failures: [NO_ROWS] };
  const { map, missing } = mapApartmentColumns(header, columns);
  if (missing.length > 0) return { apartments: [], skipped: [], failures: missing };
  const apartments: SheetApartment[] = [];
  const skipped: SkippedRow[] = [];
  for (const row of data) {
    const read = parseRow(row, map);
    if (typeof read === 'string') skipped.push({ fila: row.number, motivo: read });
    else apartments.push({ fila: row.number, apartment: read });
  }
  return { apartments, skipped, failures: [] };
}

/** The dwelling of a row, or why it is left out. */
function parseRow(row: Row, map: ReadonlyMap<SheetField, readonly number[]>): IncomingApartment | string {
  const textOf = (field: SheetField) => {
    const texts = (map.get(field) ?? []).map((column) => plainLine(cellText(cellAt(row, column))));
    return texts.findLast((text) => text !== '') ?? null;
  };
  const id_externo = textOf('id_externo');
  if (id_externo === null) return 'falta el código (id_externo)';
  const nombre = textOf('nombre');
  if (nombre === null) return 'falta el nombre';
  const id_pms = plainLine(cellText(cellAt(row, 0))) || id_externo;
  const apartment = { id_pms, id_externo, nombre, direccion: textOf('direccion'), ciudad: textOf('ciudad') };
  for (const [field, name] of Object.entries(NAMES) as [keyof IncomingApartment, string][]) {
    const most = APARTMENT_LIMITS[field];
    if ((apartment[field] ?? '').length > most) return `${name} tiene más de ${most} caracteres`;
  }
  return apartment;
}

/** What a person is told of the rows that were left out. */
export function skippedSentences(skipped: readonly SkippedRow[]): string[] {
  return skipped.map(({ fila, motivo }) => `Fila ${fila}: ${motivo}; no se importa.`);
}
