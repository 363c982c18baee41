import type { CatalogueApartment } from '../../../shared/domain/arrival/apartment-match.ts';
import type { ArrivalColumns } from '../../../shared/domain/arrival/arrivals-sheet-columns.ts';
import {
  createReservation,
  type Reservation,
  type ReservationFacts,
} from '../../../shared/domain/reservation/reservation.ts';
import { type Cell, EMPTY_CELL, type Row } from '../../../shared/platform/spreadsheet/cell.ts';
import { columnIndex } from '../../../shared/platform/spreadsheet/column.ts';

/** A confirmed stay of one PMS guest who arrives on 2026-06-03. */
export function aReservation(facts: Partial<ReservationFacts> = {}): Reservation {
  return createReservation({
    source: 'pms',
    id_externo: '1',
    status: 'confirmed',
    guest_name: 'Ana García',
    apartment_name: 'Atlántico Azul',
    check_in: '2026-06-03',
    check_out: '2026-06-06',
    ...facts,
  });
}

export function anApartment(facts: Partial<CatalogueApartment> = {}): CatalogueApartment {
  return {
    id: 'a-1',
    id_pms: null,
    id_externo: null,
    nombre: 'Atlántico Azul',
    direccion: 'Plaza de Gadir, 111',
    activo: true,
    ...facts,
  };
}

export const NO_COLUMNS: ArrivalColumns = {
  col_nombre: '',
  col_checkin: '',
  col_hora_llegada: '',
  col_telefono: '',
  col_apartamento: '',
};

export const text = (value: string): Cell => ({ kind: 'text', value });
export const number = (value: number): Cell => ({ kind: 'number', value });
export const day = (value: string): Cell => ({ kind: 'date', value });
export const time = (value: string): Cell => ({ kind: 'time', value: `${value}:00` });

/** A row whose cells are given by column letter. */
export function aRow(rowNumber: number, byLetter: Readonly<Record<string, Cell>>): Row {
  const cells: Cell[] = [];
  for (const [letters, cell] of Object.entries(byLetter)) {
    const index = columnIndex(letters) ?? 0;
    while (cells.length < index) cells.push(EMPTY_CELL);
    cells[index] = cell;
  }
  return { number: rowNumber, cells };
}

/** A header row and data rows of cells or texts. */
export function aSheet(header: readonly string[], ...data: ReadonlyArray<ReadonlyArray<Cell | string>>): Row[] {
  const toCell = (value: Cell | string) => (typeof value === 'string' ? text(value) : value);
  return [header, ...data].map((cells, index) => ({ number: index + 1, cells: cells.map(toCell) }));
}
