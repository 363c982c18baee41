import { rawParts, rawWorkbook, sheetXml } from './raw-workbook.ts';
import { buildZip, type RawZipEntry } from './raw-zip.ts';
import { zipBomb } from './zip-bomb.ts';

const SHEET = 'xl/worksheets/sheet1.xml';
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const LAUGHS = '<!DOCTYPE x [<!ENTITY a "ja"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>';

function withEntry(entry: RawZipEntry): Buffer {
  const parts = rawParts();
  parts.delete(entry.name);
  return buildZip([...[...parts].map(([name, data]) => ({ name, data })), entry]);
}

const withSheet = (content: Buffer | string) => rawWorkbook({ parts: { [SHEET]: content } });
const withRows = (rows: string) => rawWorkbook({ rows });
const withDoctype = (doctype: string) =>
  withSheet(sheetXml('<row><c t="str"><v>&b;</v></c></row>').replace('?>', `?>${doctype}`));
const whole = () => withRows('<row><c><v>1</v></c></row>');

/** One of each way in which a file is refused, by what is wrong with it; made when asked for. */
export const HOSTILE_CORPUS: readonly (readonly [name: string, make: () => Buffer])[] = [
  ['a PNG', () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ['an HTML table', () => Buffer.from('<html><body><table><tr><td>Ana</td></tr></table></body></html>')],
  ['a CSV', () => Buffer.from('nombre;entrada\nAna;2026-06-03\n')],
  ['one byte', () => Buffer.from('P')],
  ['an empty zip', () => buildZip([])],
  ['an OpenDocument sheet', () => buildZip([{ name: 'content.xml', data: '<x/>' }])],
  ['a zip without workbook', () => rawWorkbook({ parts: { 'xl/workbook.xml': null } })],
  ['an old .xls', () => Buffer.concat([OLE, Buffer.alloc(2_000)])],
  [
    'a workbook with a password',
    () => Buffer.concat([OLE, Buffer.from('EncryptedPackage', 'utf16le'), Buffer.alloc(1_000)]),
  ],
  ['a workbook with macros', () => rawWorkbook({}, [{ name: 'xl/vbaProject.bin', data: 'x' }])],
  ['a workbook cut in half', () => whole().subarray(0, 400)],
  ['a part with a wrong checksum', () => withEntry({ name: SHEET, data: sheetXml(''), declaredCrc32: 1 })],
  ['a part with a wrong size', () => withEntry({ name: SHEET, data: sheetXml(''), declaredSize: 10 })],
  [
    'a part that is no deflate stream',
    () => withEntry({ name: SHEET, data: sheetXml(''), deflated: Buffer.from('ffff', 'hex') }),
  ],
  ['an entry outside of the archive', () => rawWorkbook({}, [{ name: '../../etc/passwd', data: 'x' }])],
  ['two parts of one name', () => rawWorkbook({}, [{ name: SHEET, data: 'x' }])],
  [
    '5,001 entries',
    () =>
      rawWorkbook(
        {},
        Array.from({ length: 5_001 }, (_, at) => ({ name: `xl/media/${at}.png`, data: '' })),
      ),
  ],
  ['a bomb of 1 GB', () => withEntry(zipBomb(SHEET, 1_024))],
  ['a bomb that lies about its size', () => withEntry({ ...zipBomb(SHEET, 1_024), declaredSize: 100 })],
  ['entities that expand', () => withDoctype(LAUGHS)],
  ['an external entity', () => withDoctype('<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/passwd">]>')],
  ['100,000 levels', () => withRows('<x>'.repeat(100_000))],
  ['a text without end', () => withRows(`<row><c t="str"><v>${'x'.repeat(3_000_000)}</v></c></row>`)],
  ['XML that is not closed', () => withRows('<row><c>')],
  ['invalid UTF-8', () => withSheet(Buffer.from(sheetXml('<row><c t="str"><v>\u00fe</v></c></row>'), 'latin1'))],
  ['binary zeros', () => withSheet(Buffer.alloc(1_000))],
  ['a cell that cannot be', () => withRows('<row r="1"><c r="A0"><v>1</v></c></row>')],
  ['a shared string that is none', () => withRows('<row><c t="s"><v>99999999999999999999</v></c></row>')],
  ['rows in descending order', () => withRows('<row r="2"/><row r="1"/>')],
  ['70,000 rows', () => withRows('<row><c><v>1</v></c></row>'.repeat(70_000))],
  ['300 columns', () => withRows(`<row>${'<c><v>1</v></c>'.repeat(300)}</row>`)],
  ['no visible sheet', () => rawWorkbook({ sheets: [{ name: 'Hoja1', state: 'hidden' }] })],
];
