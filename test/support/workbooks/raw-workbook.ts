import { buildZip, type RawZipEntry } from './raw-zip.ts';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export interface RawSheet {
  readonly name: string;
  readonly state?: 'visible' | 'hidden' | 'veryHidden';
  /** Inside of `sheetData`. */
  readonly rows?: string;
}

/** The parts of a workbook as their authors may write them; everything has a plain default. */
export interface RawWorkbook {
  readonly sheets?: readonly RawSheet[];
  /** Inside of `sheetData` of the one sheet, when `sheets` is absent. */
  readonly rows?: string;
  readonly activeTab?: number;
  readonly date1904?: boolean;
  /** `si` elements. */
  readonly strings?: string;
  /** Custom format codes; style 1 uses the first, style 2 the second and so on (style 0 is General). */
  readonly formats?: readonly (string | number)[];
  /** Whole parts by name, in place of the built ones; `null` leaves one out. */
  readonly parts?: Readonly<Record<string, Buffer | string | null>>;
}

/** Names and contents of the parts of a workbook. */
export function rawParts(workbook: RawWorkbook = {}): Map<string, Buffer | string> {
  const sheets = workbook.sheets ?? [{ name: 'Hoja1', rows: workbook.rows ?? '' }];
  const parts = new Map<string, Buffer | string>([
    ['[Content_Types].xml', contentTypes(sheets.length)],
    ['_rels/.rels', relationships([['rId1', 'officeDocument', 'xl/workbook.xml']])],
    ['xl/workbook.xml', workbookXml(workbook, sheets)],
    ['xl/_rels/workbook.xml.rels', workbookRelationships(sheets.length)],
    ['xl/styles.xml', stylesXml(workbook.formats ?? [])],
    ['xl/sharedStrings.xml', `${XML}<sst xmlns="${MAIN}">${workbook.strings ?? ''}</sst>`],
  ]);
  for (const [index, sheet] of sheets.entries()) {
    parts.set(`xl/worksheets/sheet${index + 1}.xml`, sheetXml(sheet.rows ?? ''));
  }
  for (const [name, content] of Object.entries(workbook.parts ?? {})) {
    if (content === null) parts.delete(name);
    else parts.set(name, content);
  }
  return parts;
}

/** An `.xlsx` out of hand-written parts; `extra` entries go to the end of the archive. */
export function rawWorkbook(workbook: RawWorkbook = {}, extra: readonly RawZipEntry[] = []): Buffer {
  const entries = [...rawParts(workbook)].map(([name, data]) => ({ name, data }));
  return buildZip([...entries, ...extra]);
}

export function sheetXml(rows: string, after = ''): string {
  return `${XML}<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData>${after}</worksheet>`;
}

export function relationships(list: readonly (readonly [id: string, type: string, target: string])[]): string {
  const elements = list.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  );
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${elements.join('')}</Relationships>`;
}

function workbookRelationships(sheetCount: number): string {
  const sheets = Array.from(
    { length: sheetCount },
    (_, index) => [`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`] as const,
  );
  return relationships([...sheets, ['rIdA', 'styles', 'styles.xml'], ['rIdB', 'sharedStrings', 'sharedStrings.xml']]);
}

function contentTypes(sheetCount: number): string {
  const overrides = Array.from(
    { length: sheetCount },
    (_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${TYPES}.worksheet+xml"/>`,
  );
  return `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/>${overrides.join('')}</Types>`;
}

function workbookXml(workbook: RawWorkbook, sheets: readonly RawSheet[]): string {
  const list = sheets.map(
    ({ name, state = 'visible' }, index) =>
      `<sheet name="${name}" sheetId="${index + 1}" state="${state}" r:id="rId${index + 1}"/>`,
  );
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr date1904="${workbook.date1904 ? 1 : 0}"/><bookViews><workbookView activeTab="${workbook.activeTab ?? 0}"/></bookViews><sheets>${list.join('')}</sheets></workbook>`;
}

function stylesXml(formats: readonly (string | number)[]): string {
  const escaped = (code: string) => code.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  const codes = formats.flatMap((format, index) =>
    typeof format === 'number' ? [] : [`<numFmt numFmtId="${200 + index}" formatCode="${escaped(format)}"/>`],
  );
  const styles = formats.map(
    (format, index) => `<xf numFmtId="${typeof format === 'number' ? format : 200 + index}"/>`,
  );
  return `${XML}<styleSheet xmlns="${MAIN}"><numFmts>${codes.join('')}</numFmts><cellXfs><xf numFmtId="0"/>${styles.join('')}</cellXfs></styleSheet>`;
}
