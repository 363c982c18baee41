import type { SpreadsheetErrorContext, SpreadsheetErrorReason } from './spreadsheet-error.ts';

export type SpreadsheetLanguage = 'es' | 'en';

type Sentence = (context: SpreadsheetErrorContext) => string;

const BYTES_PER_MB = 1024 * 1024;

const SAVE_ES = 'guárdalo como «Libro de Excel (.xlsx)»';
const SAVE_EN = 'save it as “Excel Workbook (.xlsx)”';
const UNOPENED_ES = 'No se ha podido abrir el fichero Excel';
const UNOPENED_EN = 'The Excel file could not be opened';

function megabytes(bytes: number | undefined): string {
  return bytes === undefined ? '' : ` (${Math.floor((bytes / BYTES_PER_MB) * 10) / 10} MB)`;
}

function count(limit: number | undefined, locale: string): string {
  return limit === undefined ? '' : `${limit.toLocaleString(locale)} `;
}

const SPANISH: Record<SpreadsheetErrorReason, Sentence> = {
  wrong_extension: ({ extension }) =>
    `El fichero debe ser .xlsx${extension === undefined ? '' : `, no ${extension}`}. Ábrelo en Excel o LibreOffice, ${SAVE_ES}${extension === '.xlsm' ? ', sin macros,' : ''} y súbelo de nuevo.`,
  empty_file: () => 'El fichero está vacío. Comprueba que se ha exportado bien y súbelo de nuevo.',
  too_large: ({ limit }) =>
    `El fichero supera el tamaño máximo${megabytes(limit)}. Quita hojas, imágenes o filas antiguas y súbelo de nuevo.`,
  not_a_workbook: () =>
    `${UNOPENED_ES}: su contenido no es un libro .xlsx. Abre el original en Excel o LibreOffice, ${SAVE_ES} y súbelo de nuevo.`,
  not_csv: () =>
    'No se ha podido leer el fichero .csv: no es un texto separado por comas, puntos y comas o tabuladores. Guárdalo en Excel como «CSV UTF-8» y súbelo de nuevo.',
  legacy_xls: () => `${UNOPENED_ES}: está en el formato antiguo .xls. Ábrelo en Excel, ${SAVE_ES} y súbelo de nuevo.`,
  encrypted: () =>
    `${UNOPENED_ES}: está protegido con contraseña. Quita la contraseña en Excel (Archivo, Información, Proteger libro), guárdalo y súbelo de nuevo.`,
  macro_workbook: () => `${UNOPENED_ES}: contiene macros. Ábrelo en Excel, ${SAVE_ES}, sin macros, y súbelo de nuevo.`,
  inflates_too_much: () =>
    `${UNOPENED_ES}: al descomprimirlo ocupa demasiado. Copia solo los datos necesarios en un libro nuevo, ${SAVE_ES} y súbelo de nuevo.`,
  too_complex: () =>
    `${UNOPENED_ES}: tiene demasiados elementos internos. Copia los datos en un libro nuevo sin formato, ${SAVE_ES} y súbelo de nuevo.`,
  too_many_rows: ({ limit }) =>
    `${UNOPENED_ES}: la hoja tiene más de las ${count(limit, 'es-ES')}filas permitidas. Divídela en varios ficheros.`,
  too_many_columns: ({ limit, cell }) =>
    `${UNOPENED_ES}: la hoja tiene más de las ${count(limit, 'es-ES')}columnas permitidas${cell === undefined ? '' : ` (celda ${cell})`}. Borra las columnas que no hacen falta y súbelo de nuevo.`,
  too_many_cells: ({ limit }) =>
    `${UNOPENED_ES}: la hoja tiene más de las ${count(limit, 'es-ES')}celdas con datos permitidas. Divídela en varios ficheros.`,
  cell_too_long: ({ limit, cell }) =>
    `${UNOPENED_ES}: ${cell === undefined ? 'una celda' : `la celda ${cell}`} tiene más de los ${count(limit, 'es-ES')}caracteres permitidos. Acorta su texto y súbelo de nuevo.`,
  forbidden_xml: () =>
    `${UNOPENED_ES}: contiene elementos que un libro de Excel no lleva. Ábrelo en Excel o LibreOffice, ${SAVE_ES} y súbelo de nuevo.`,
  damaged: ({ cell }) =>
    `${UNOPENED_ES}: está dañado o incompleto${cell === undefined ? '' : ` (celda ${cell})`}. Ábrelo en Excel o LibreOffice, ${SAVE_ES} y súbelo de nuevo.`,
  no_visible_sheet: () =>
    `${UNOPENED_ES}: no tiene ninguna hoja visible. Muestra en Excel la hoja con los datos, guárdalo y súbelo de nuevo.`,
  sheet_not_found: () =>
    `${UNOPENED_ES}: no tiene la hoja que se esperaba. Cambia el nombre de la hoja con los datos, guárdalo y súbelo de nuevo.`,
};

const ENGLISH: Record<SpreadsheetErrorReason, Sentence> = {
  wrong_extension: ({ extension }) =>
    `The file must be .xlsx${extension === undefined ? '' : `, not ${extension}`}. Open it in Excel or LibreOffice, ${SAVE_EN}${extension === '.xlsm' ? ' without macros' : ''} and upload it again.`,
  empty_file: () => 'The file is empty. Check that it was exported properly and upload it again.',
  too_large: ({ limit }) =>
    `The file exceeds the maximum size${megabytes(limit)}. Remove sheets, pictures or old rows and upload it again.`,
  not_a_workbook: () =>
    `${UNOPENED_EN}: its content is not an .xlsx workbook. Open the original in Excel or LibreOffice, ${SAVE_EN} and upload it again.`,
  not_csv: () =>
    'The .csv file could not be read: it is no text with commas, semicolons or tabs between its values. Save it in Excel as “CSV UTF-8” and upload it again.',
  legacy_xls: () => `${UNOPENED_EN}: it is in the old .xls format. Open it in Excel, ${SAVE_EN} and upload it again.`,
  encrypted: () =>
    `${UNOPENED_EN}: it is protected with a password. Remove the password in Excel (File, Info, Protect Workbook), save it and upload it again.`,
  macro_workbook: () =>
    `${UNOPENED_EN}: it contains macros. Open it in Excel, ${SAVE_EN} without macros and upload it again.`,
  inflates_too_much: () =>
    `${UNOPENED_EN}: it is too large once decompressed. Copy only the data you need to a new workbook, ${SAVE_EN} and upload it again.`,
  too_complex: () =>
    `${UNOPENED_EN}: it has too many internal elements. Copy the data to a new workbook without formatting, ${SAVE_EN} and upload it again.`,
  too_many_rows: ({ limit }) =>
    `${UNOPENED_EN}: the sheet has more than the ${count(limit, 'en')}rows allowed. Split it into several files.`,
  too_many_columns: ({ limit, cell }) =>
    `${UNOPENED_EN}: the sheet has more than the ${count(limit, 'en')}columns allowed${cell === undefined ? '' : ` (cell ${cell})`}. Delete the columns that are not needed and upload it again.`,
  too_many_cells: ({ limit }) =>
    `${UNOPENED_EN}: the sheet has more than the ${count(limit, 'en')}filled cells allowed. Split it into several files.`,
  cell_too_long: ({ limit, cell }) =>
    `${UNOPENED_EN}: ${cell === undefined ? 'a cell' : `cell ${cell}`} has more than the ${count(limit, 'en')}characters allowed. Shorten its text and upload it again.`,
  forbidden_xml: () =>
    `${UNOPENED_EN}: it contains elements that an Excel workbook does not have. Open it in Excel or LibreOffice, ${SAVE_EN} and upload it again.`,
  damaged: ({ cell }) =>
    `${UNOPENED_EN}: it is damaged or incomplete${cell === undefined ? '' : ` (cell ${cell})`}. Open it in Excel or LibreOffice, ${SAVE_EN} and upload it again.`,
  no_visible_sheet: () =>
    `${UNOPENED_EN}: it has no visible sheet. Unhide the sheet with the data in Excel, save it and upload it again.`,
  sheet_not_found: () =>
    `${UNOPENED_EN}: it does not have the sheet that was expected. Rename the sheet with the data, save it and upload it again.`,
};

const SENTENCES: Record<SpreadsheetLanguage, Record<SpreadsheetErrorReason, Sentence>> = { es: SPANISH, en: ENGLISH };

/** The sentence for a refusal: what is wrong and what the person can do about it. */
export function describeRefusal(
  reason: SpreadsheetErrorReason,
  context: SpreadsheetErrorContext,
  language: SpreadsheetLanguage,
): string {
  return SENTENCES[language][reason](context);
}
