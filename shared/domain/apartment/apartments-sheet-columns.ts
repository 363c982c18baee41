import { cellText, type Row } from '../../platform/spreadsheet/cell.ts';

/** Zero-based columns that a company has saved (`stay-sidekick.md` §5.2). */
export interface ApartmentColumns {
  readonly col_id_externo: number;
  readonly col_nombre: number;
  /** 0: not in the sheet, because column A is the id of the PMS. */
  readonly col_direccion: number;
  readonly col_ciudad: number;
}

export type SheetField = 'id_externo' | 'nombre' | 'direccion' | 'ciudad';

/** Headers of §5.2 in lower case; accents are not folded, so both spellings stand here. */
export const APARTMENT_HEADERS: Readonly<Record<SheetField, readonly string[]>> = {
  id_externo: ['id', 'id_externo', 'identificador'],
  nombre: ['nombre', 'name', 'propiedad', 'apartment'],
  direccion: ['direccion', 'dirección', 'address'],
  ciudad: ['ciudad', 'city'],
};

const REQUIRED = { id_externo: 'del código', nombre: 'del nombre' } as const;

/** Columns of each field from left to right, or a sentence for each field that has to have one and has none. */
export interface ColumnFinding {
  readonly map: ReadonlyMap<SheetField, readonly number[]>;
  readonly missing: readonly string[];
}

/** Where a sheet keeps its fields: as saved, unless code and name are saved as one column, which means by headers. */
export function mapApartmentColumns(header: Row | undefined, columns: ApartmentColumns | undefined): ColumnFinding {
  if (columns !== undefined && columns.col_id_externo !== columns.col_nombre) {
    return { map: configuredColumns(columns), missing: [] };
  }
  const map = new Map<SheetField, number[]>();
  for (const [index, cell] of (header?.cells ?? []).entries()) {
    const text = cellText(cell).normalize('NFC').toLowerCase();
    const field = (Object.keys(APARTMENT_HEADERS) as SheetField[]).find((each) =>
      APARTMENT_HEADERS[each].includes(text),
    );
    if (field !== undefined) map.set(field, [...(map.get(field) ?? []), index]);
  }
  const missing = (Object.keys(REQUIRED) as (keyof typeof REQUIRED)[]).filter((field) => !map.has(field));
  return { map, missing: missing.map(missingSentence) };
}

function configuredColumns(columns: ApartmentColumns): Map<SheetField, readonly number[]> {
  const map = new Map<SheetField, readonly number[]>([
    ['id_externo', [columns.col_id_externo]],
    ['nombre', [columns.col_nombre]],
  ]);
  if (columns.col_direccion !== 0) map.set('direccion', [columns.col_direccion]);
  if (columns.col_ciudad !== 0) map.set('ciudad', [columns.col_ciudad]);
  return map;
}

function missingSentence(field: keyof typeof REQUIRED): string {
  const headers = APARTMENT_HEADERS[field].map((header) => `«${header}»`).join(', ');
  return `No se ha encontrado la columna ${REQUIRED[field]}. Usa como cabecera ${headers}, o indica la columna en la configuración.`;
}
