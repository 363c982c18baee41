import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readWorkbook } from '../../../shared/platform/spreadsheet/workbook.ts';
import { rawParts, rawWorkbook } from '../../support/workbooks/raw-workbook.ts';
import { buildZip } from '../../support/workbooks/raw-zip.ts';
import { refusalOf } from '../../support/workbooks/refusal.ts';

const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const GOOD = rawWorkbook({ rows: '<row><c t="s"><v>0</v></c></row>', strings: '<si><t>hola</t></si>' });

describe('a file that is no workbook', () => {
  it.each([
    ['a PNG', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj\n')],
    ['an HTML table', Buffer.from('<html><body><table><tr><td>Ana</td></tr></table></body></html>')],
    [
      'an XML spreadsheet of 2003',
      Buffer.from('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
    ],
    ['a CSV', Buffer.from('nombre;entrada\nAna;2026-06-03\n')],
    ['one byte', Buffer.from('P')],
    ['two bytes', Buffer.from('PK')],
    ['an empty zip', buildZip([])],
    ['random bytes', Buffer.concat([Buffer.from([1]), randomBytes(5000)])],
    ['a zip without content types', buildZip([{ name: 'a.txt', data: 'a' }])],
    [
      'an OpenDocument sheet',
      buildZip([
        { name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet', stored: true },
        { name: 'content.xml', data: '<x/>' },
      ]),
    ],
    ['a zip without workbook', rawWorkbook({ parts: { 'xl/workbook.xml': null } })],
    [
      'a document under the name of a workbook',
      rawWorkbook({ parts: { 'xl/workbook.xml': '<w:document xmlns:w="w"/>' } }),
    ],
    [
      'a binary workbook',
      rawWorkbook({
        parts: {
          '[Content_Types].xml':
            '<Types><Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
        },
      }),
    ],
  ])('%s', async (_name, bytes) => {
    expect(await refusalOf(bytes)).toMatchObject({ reason: 'not_a_workbook', code: 'invalid' });
  });

  it('an empty file', async () => {
    expect(await refusalOf(new Uint8Array(), { fileName: 'a.xlsx' })).toMatchObject({
      reason: 'empty_file',
      code: 'bad_request',
    });
  });

  it.each([
    ['an OLE container', Buffer.concat([OLE, Buffer.alloc(2000)])],
    ['a bare BIFF5 stream', Buffer.from('0908080000050500', 'hex')],
    ['a bare BIFF2 stream', Buffer.from('0900040002001000', 'hex')],
  ])('an old .xls: %s', async (_name, bytes) => {
    expect(await refusalOf(bytes)).toMatchObject({ reason: 'legacy_xls', code: 'invalid' });
  });

  it('a workbook with a password', async () => {
    const encrypted = Buffer.concat([
      OLE,
      Buffer.alloc(1000),
      Buffer.from('EncryptedPackage', 'utf16le'),
      Buffer.alloc(1000),
    ]);
    expect(await refusalOf(encrypted)).toMatchObject({ reason: 'encrypted', code: 'invalid' });
  });

  it('a zip with encrypted entries', async () => {
    const entries = [...rawParts()].map(([name, data]) => ({ name, data, flags: 1 }));
    expect((await refusalOf(buildZip(entries))).reason).toBe('encrypted');
  });

  it.each([
    ['the macro project', rawWorkbook({}, [{ name: 'xl/vbaProject.bin', data: 'x' }])],
    [
      'the content type',
      rawWorkbook({
        parts: {
          '[Content_Types].xml':
            '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>',
        },
      }),
    ],
  ])('a workbook with macros, told by %s', async (_name, bytes) => {
    expect(await refusalOf(bytes, { fileName: 'macros.xlsx' })).toMatchObject({
      reason: 'macro_workbook',
      code: 'invalid',
    });
  });
});

describe('the name of the file', () => {
  it.each(['a.xls', 'a.xlsm', 'a.csv', 'a.ods', 'a.xlsx.exe', 'xlsx', '.xlsx', '', 'a'])(
    '%j is refused before the content is looked at',
    async (fileName) => {
      expect(await refusalOf(GOOD, { fileName })).toMatchObject({ reason: 'wrong_extension', code: 'bad_request' });
    },
  );

  it.each(['a.xlsx', 'LLEGADAS.XLSX', 'a.b.xlsx', ' a.xlsx '])('%j is accepted', async (fileName) => {
    expect((await readWorkbook(GOOD, { fileName })).rows).toHaveLength(1);
  });
});

describe('an archive that is broken', () => {
  it('is refused wherever it is cut off', async () => {
    for (let length = 4; length < GOOD.length; length += 1) {
      expect((await refusalOf(GOOD.subarray(0, length))).reason, `cut at ${length}`).toBe('damaged');
    }
  });

  it.each([
    ['its checksum differs', { declaredCrc32: 1 }],
    ['its size is declared smaller', { declaredSize: 10 }],
    ['its size is declared larger', { declaredSize: 100_000 }],
    ['its compression is unknown', { method: 12 }],
    ['its data is no deflate stream', { deflated: Buffer.from('ffffffffffff', 'hex') }],
    ['its data ends early', { deflated: Buffer.alloc(0) }],
  ])('is refused where of a needed part %s', async (_name, lie) => {
    const entries = [...rawParts()].map(([name, data]) =>
      name.includes('sheet1') ? { name, data, ...lie } : { name, data },
    );
    expect((await refusalOf(buildZip(entries))).reason).toBe('damaged');
  });

  it('is read where only a part that nobody needs is broken', async () => {
    const { rows } = await readWorkbook(
      rawWorkbook({ rows: '<row><c><v>1</v></c></row>' }, [
        { name: 'xl/media/image1.png', data: 'x', declaredCrc32: 1 },
      ]),
    );
    expect(rows).toHaveLength(1);
  });

  it.each(['../../etc/passwd', '/etc/passwd', 'C:\\windows\\win.ini', 'xl/../../x', '..\\x'])(
    'is refused for the entry name %j',
    async (name) => {
      expect((await refusalOf(rawWorkbook({}, [{ name, data: 'x' }]))).reason).toBe('damaged');
    },
  );

  it.each(['xl/worksheets/sheet1.xml', 'XL/Worksheets/SHEET1.xml', 'xl\\worksheets\\sheet1.xml'])(
    'is refused for two parts of one name: %j',
    async (name) => {
      expect((await refusalOf(rawWorkbook({}, [{ name, data: 'x' }]))).reason).toBe('damaged');
    },
  );

  it('is refused for more entries than any workbook has', async () => {
    const extra = Array.from({ length: 5001 }, (_, index) => ({ name: `xl/media/${index}.png`, data: '' }));
    expect((await refusalOf(rawWorkbook({}, extra))).reason).toBe('too_complex');
  });

  it.each([
    ['leads outside the package', 'Target="../../../etc/passwd"'],
    ['names an absent part', 'Target="worksheets/none.xml"'],
    ['is external', 'Target="file:///etc/passwd" TargetMode="External"'],
    ['names the workbook itself', 'Target="workbook.xml"'],
    ['has no target', ''],
  ])('is refused where the relationship of the sheet %s', async (_name, target) => {
    const rels = `<Relationships><Relationship Id="rId1" Type="x/worksheet" ${target}/></Relationships>`;
    expect((await refusalOf(rawWorkbook({ parts: { 'xl/_rels/workbook.xml.rels': rels } }))).reason).toBe('damaged');
  });

  it('is refused where the sheet has no relationship', async () => {
    expect((await refusalOf(rawWorkbook({ parts: { 'xl/_rels/workbook.xml.rels': null } }))).reason).toBe('damaged');
  });

  it.each([[['hidden', 'veryHidden'] as const], [['hidden'] as const], [[] as const]])(
    'is refused without visible sheet: %j',
    async (states) => {
      const sheets = states.map((state, index) => ({ name: `Hoja${index}`, state }));
      expect((await refusalOf(rawWorkbook({ sheets }))).reason).toBe('no_visible_sheet');
    },
  );
});

describe('a refusal', () => {
  const sheet = (rows: string) => rawWorkbook({ rows });

  it('says what to do in Spanish, in English on request, and never what the library said', async () => {
    const refusals = await Promise.all([
      refusalOf(GOOD.subarray(0, 300)),
      refusalOf(GOOD, { fileName: 'a.xls' }),
      refusalOf(GOOD, { limits: { fileBytes: 100 } }),
      refusalOf(sheet('<row><c r="A0"/></row>')),
      refusalOf(sheet('<row><c><v>1</v>')),
    ]);
    for (const refusal of refusals) {
      expect(refusal.message).toMatch(/fichero/);
      expect(refusal.message).toMatch(/súbelo de nuevo\.$/);
      expect(refusal.messageIn('es')).toBe(refusal.message);
      expect(refusal.messageIn('en')).toMatch(/upload it again\.$/);
      expect(refusal.message).not.toMatch(/zip|central|unclosed|undefined|null|NaN/i);
    }
    expect(refusals[0]?.details.cause).toBeInstanceOf(Error);
    expect(refusals[4]?.details.cause).toBeInstanceOf(Error);
  });

  it('names the extension it knows and echoes no other', async () => {
    expect((await refusalOf(GOOD, { fileName: 'a.xlsm' })).message).toContain(
      'no .xlsm. Ábrelo en Excel o LibreOffice, guárdalo como «Libro de Excel (.xlsx)», sin macros,',
    );
    expect((await refusalOf(GOOD, { fileName: 'ana@example.com' })).message).not.toContain('ana');
  });

  it('names the cell and the limit, never the content', async () => {
    const refusal = await refusalOf(sheet('<row r="3"><c r="B3" t="s"><v>98765</v></c></row>'));
    expect(refusal).toMatchObject({ reason: 'damaged', context: { cell: 'B3' } });
    expect(refusal.message).toContain('(celda B3)');
    expect(refusal.message).not.toContain('98765');
    const tooLarge = await refusalOf(GOOD, { limits: { fileBytes: 100 } });
    expect(tooLarge).toMatchObject({ reason: 'too_large', code: 'too_large', context: { limit: 100 } });
  });
});
