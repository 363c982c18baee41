import { type SheetValue, sheetWorkbook } from '../../../infra/local/demo/sheet-workbook.ts';

const HEADERS = [
  'ID',
  'Tipología',
  'Grupo',
  'Dirección completa',
  'Código',
  'Huéspedes',
  'Mín Huéspedes',
  'Máx Huéspedes',
  'N. unidades asociadas',
  'Orden',
  'Ranking',
  'Ciudad',
] as const;

const PLACES = ['Victoria', 'Caleta', 'Alameda', 'Viña', 'Ermita', 'Marina', 'Plaza', 'Muralla'];
const COLOURS = ['Turquesa', 'Plateada', 'Dorada', 'Blanca', 'Azul', 'Coral', 'Verde'];
const STREETS = ['Calle del Faro', 'Calle de la Sal', 'Avenida del Puerto', 'Plaza de las Flores', 'Calle Ancha'];
const CITIES = ['Cádiz', 'Sevilla', 'Conil de la Frontera', 'Málaga'];

function pick(list: readonly string[], number: number): string {
  return list[number % list.length] ?? '';
}

/** Name of apartment `number` in the list, e.g. `La Victoria Turquesa 1`; unique. */
export function apartmentName(number: number): string {
  return `La ${pick(PLACES, number - 1)} ${pick(COLOURS, number - 1)} ${number}`;
}

/**
 * The apartment list of `stay-sidekick.md` §9.1: columns A–L, A the number 1…`count`, B the name, D the address,
 * E the code, L the city; no header that names an apartment.
 */
export async function apartmentListWorkbook({ count = 160 }: { count?: number } = {}): Promise<Buffer> {
  const rows = Array.from({ length: count }, (_, index): SheetValue[] => {
    const number = index + 1;
    const address = `${pick(STREETS, index)}, ${number}, ${(number % 5) + 1}º ${pick(['A', 'B', 'C'], index)}`;
    return [number, apartmentName(number), 'XX', address, number, 0, 0, 0, 0, 0, 0, pick(CITIES, index)];
  });
  return sheetWorkbook([[...HEADERS], ...rows]);
}
