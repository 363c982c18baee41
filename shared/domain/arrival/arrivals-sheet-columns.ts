import { cellText, type Row } from '../../platform/spreadsheet/cell.ts';
import { columnIndex } from '../../platform/spreadsheet/column.ts';

/** Letters of the columns that a company has set (`stay-sidekick.md` §4.3), in any case; `''` is found by its header. */
export interface ArrivalColumns {
  readonly col_nombre: string;
  readonly col_checkin: string;
  readonly col_hora_llegada: string;
  readonly col_telefono: string;
  readonly col_apartamento: string;
}

export type ArrivalField =
  | 'guest'
  | 'email'
  | 'phone'
  | 'check_in'
  | 'check_out'
  | 'apartment'
  | 'reference'
  | 'arrival_time';

/** Zero-based column of each field that the sheet has. */
export type ColumnMap = ReadonlyMap<ArrivalField, number>;

/** Headers of `stay-sidekick.md` §5.3; accents are not folded, so accented spellings stand beside the plain ones. */
const HEADERS: Readonly<Record<ArrivalField, readonly string[]>> = {
  guest: ['nombre', 'name', 'guest', 'huesped', 'huésped', 'guest_name', 'nombre_huesped', 'nombre_huésped'],
  email: ['email', 'correo', 'e-mail', 'mail', 'email_huesped'],
  phone: ['telefono', 'teléfono', 'phone', 'tel', 'movil', 'móvil'],
  check_in: ['checkin', 'check-in', 'check_in', 'fecha_entrada', 'arrival', 'entrada'],
  check_out: ['checkout', 'check-out', 'check_out', 'fecha_salida', 'departure', 'salida'],
  apartment: ['apartamento', 'propiedad', 'apartment', 'property', 'alojamiento', 'unit', 'unidad'],
  reference: ['id', 'id_reserva', 'booking_id', 'reserva', 'reservation_id', 'ref', 'referencia'],
  arrival_time: ['hora', 'hora_llegada', 'hora_entrada', 'arrival_time', 'check_in_time', 'hora_checkin', 'time'],
};

const FIELD_OF_HEADER = new Map(
  (Object.keys(HEADERS) as ArrivalField[]).flatMap((field) => HEADERS[field].map((header) => [header, field] as const)),
);

/**
 * Where a sheet keeps its fields. A configured letter decides its field alone, and its column no longer means what its
 * header says; of the remaining headers the first of each field wins.
 *
 * @param header row 1, undefined when it is blank
 */
export function mapArrivalColumns(header: Row | undefined, columns: ArrivalColumns): ColumnMap {
  const configured = configuredColumns(columns);
  const taken = new Set(configured.values());
  const map = new Map<ArrivalField, number>();
  for (const [index, cell] of (header?.cells ?? []).entries()) {
    const field = FIELD_OF_HEADER.get(normaliseHeader(cellText(cell)));
    if (field !== undefined && !taken.has(index) && !map.has(field)) map.set(field, index);
  }
  for (const [field, index] of configured) map.set(field, index);
  return map;
}

function configuredColumns(columns: ArrivalColumns): Map<ArrivalField, number> {
  const letters: [ArrivalField, string][] = [
    ['guest', columns.col_nombre],
    ['check_in', columns.col_checkin],
    ['arrival_time', columns.col_hora_llegada],
    ['phone', columns.col_telefono],
    ['apartment', columns.col_apartamento],
  ];
  const configured = new Map<ArrivalField, number>();
  for (const [field, letter] of letters) {
    const index = columnIndex(letter);
    if (index !== undefined) configured.set(field, index);
  }
  return configured;
}

/** Composed, since some systems write é as e and an accent. */
function normaliseHeader(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, '_');
}
