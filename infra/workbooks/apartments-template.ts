import ExcelJS from 'exceljs';

/** The committed template; the function that hands it out finds it beside its handler. */
export const APARTMENTS_TEMPLATE_FILE = new URL('../../functions/apartments/plantilla.xlsx', import.meta.url);

/** Columns from A on. A is always the id of the PMS; the others are found by these headers (`stay-sidekick.md` §5.2). */
const COLUMNS = [
  { header: 'id_pms', width: 14, most: 100, note: 'Identificador en el PMS. Si queda vacío se usa el código.' },
  { header: 'id_externo', width: 16, most: 100, note: 'Código del apartamento. Obligatorio.' },
  { header: 'nombre', width: 36, most: 200, note: 'Nombre del apartamento. Obligatorio.' },
  { header: 'direccion', width: 44, most: 300, note: 'Si queda vacía se conserva la que haya.' },
  { header: 'ciudad', width: 22, most: 100, note: 'Si queda vacía se conserva la que haya.' },
] as const;

const HELP = [
  ['Cómo usar esta plantilla'],
  ['Rellena la hoja «Apartamentos», una fila por apartamento, sin cambiar la cabecera.'],
  ['Un apartamento ya conocido se reconoce por su id_pms y se actualiza; los demás se añaden.'],
  ['Volver a importar el mismo fichero no cambia nada. Una importación se puede deshacer durante 30 días.'],
  ...COLUMNS.map(({ header, note, most }) => [`${header}: ${note} Hasta ${most} caracteres.`]),
];

/** Rows that carry formats and checks: as many as an import of one call is made for. */
const PREPARED_ROWS = 5_000;
const WRITTEN = new Date(Date.UTC(2026, 0, 1));

/** An empty workbook that an import reads without any configuration. */
export async function apartmentsTemplate(): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  workbook.creator = 'Stay Ops';
  workbook.created = WRITTEN;
  workbook.modified = WRITTEN;
  const sheet = workbook.addWorksheet('Apartamentos', { views: [{ state: 'frozen', ySplit: 1 }] });
  // As text: a code keeps its leading zeros.
  sheet.columns = COLUMNS.map(({ header, width }) => ({ header, width, style: { numFmt: '@' } }));
  const header = sheet.getRow(1);
  header.font = { bold: true, color: { argb: 'FFFFFFFF' } };
  header.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF1F4E78' } };
  for (const [at, { header: name, most, note }] of COLUMNS.entries()) {
    const letter = String.fromCharCode(65 + at);
    sheet.getCell(`${letter}1`).note = note;
    checks(sheet).add(`${letter}2:${letter}${PREPARED_ROWS + 1}`, {
      type: 'textLength',
      operator: 'lessThanOrEqual',
      formulae: [most],
      allowBlank: true,
      showErrorMessage: true,
      errorTitle: name,
      error: `Hasta ${most} caracteres.`,
    });
  }
  const help = workbook.addWorksheet('Instrucciones');
  help.getColumn(1).width = 110;
  for (const row of HELP) help.addRow(row);
  help.getRow(1).font = { bold: true };
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

interface RangeChecks {
  add(range: string, check: ExcelJS.DataValidation): void;
}

/** One check for a whole range, which the library has and its types leave out. */
function checks(sheet: ExcelJS.Worksheet): RangeChecks {
  return (sheet as unknown as { readonly dataValidations: RangeChecks }).dataValidations;
}
