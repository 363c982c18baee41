import { describe, expect, it } from 'vitest';
import { readWorkbook } from '../../../shared/platform/spreadsheet/workbook.ts';
import { type RawWorkbook, rawParts, rawWorkbook, sheetXml } from '../../support/workbooks/raw-workbook.ts';
import { buildZip } from '../../support/workbooks/raw-zip.ts';
import { refusalOf } from '../../support/workbooks/refusal.ts';
import { zipBomb } from '../../support/workbooks/zip-bomb.ts';

const refusalFor = (workbook: RawWorkbook) => refusalOf(rawWorkbook(workbook));
const refusalForRows = (rows: string) => refusalFor({ rows });

const MEBIBYTE = 1024 * 1024;

const WORKBOOK_PARTS = [
  '[Content_Types].xml',
  '_rels/.rels',
  'xl/workbook.xml',
  'xl/_rels/workbook.xml.rels',
  'xl/styles.xml',
  'xl/sharedStrings.xml',
  'xl/worksheets/sheet1.xml',
];

/** A workbook in which one part has been replaced by another entry. */
function withEntry(entry: Parameters<typeof buildZip>[0][number]): Buffer {
  const parts = rawParts();
  parts.delete(entry.name);
  return buildZip([...[...parts].map(([name, data]) => ({ name, data })), entry]);
}

describe('a bomb', () => {
  const [before] = sheetXml('\uFFFF').split('\uFFFF') as [string];

  it('of 1 GB in 1 MB is refused by what its header says', async () => {
    const bytes = withEntry(zipBomb('xl/worksheets/sheet1.xml', 1024, { before }));
    expect(bytes.length).toBeLessThan(1_500_000);
    expect((await refusalOf(bytes)).reason).toBe('inflates_too_much');
  });

  it('whose header admits to less than the size limit is refused by its ratio', async () => {
    const bomb = zipBomb('xl/worksheets/sheet1.xml', 1024, { before });
    const bytes = withEntry({ ...bomb, declaredSize: 190 * MEBIBYTE });
    expect((await refusalOf(bytes)).reason).toBe('inflates_too_much');
  });

  it.each([
    ['blanks', ' '],
    ['rows', '<row><c/></row >'],
  ])('whose header admits to a few bytes is refused after them: %s', async (_name, filler) => {
    const bomb = zipBomb('xl/worksheets/sheet1.xml', 1024, { before, filler });
    for (const declaredSize of [0, 100, MEBIBYTE]) {
      const refusal = await refusalOf(withEntry({ ...bomb, declaredSize }));
      expect(refusal.reason).toBe('damaged');
      expect(refusal.details.cause).toMatchObject({ message: 'size or CRC-32 differs from the directory' });
    }
  });

  it.each(WORKBOOK_PARTS)('is refused in %s', async (name) => {
    expect((await refusalOf(withEntry(zipBomb(name, 300)))).reason).toBe('inflates_too_much');
  });

  it('is not even looked at in a part that nobody needs', async () => {
    const bytes = rawWorkbook({ rows: '<row><c><v>1</v></c></row>' }, [zipBomb('xl/media/image1.png', 1024)]);
    expect((await readWorkbook(bytes)).rows).toHaveLength(1);
  });

  it('spread over parts that each pass is refused by their sum', async () => {
    const filler = ' '.repeat(600_000);
    const parts = {
      'xl/styles.xml': `<styleSheet>${filler}</styleSheet>`,
      'xl/sharedStrings.xml': `<sst>${filler}</sst>`,
    };
    const limits = { inflatedBytes: 1_000_000 };
    expect((await refusalOf(rawWorkbook({ parts }), { limits })).reason).toBe('inflates_too_much');
    expect((await readWorkbook(rawWorkbook({ parts }))).rows).toEqual([]);
  });

  it('of small parts that describe the package is refused', async () => {
    const parts = { '_rels/.rels': `<Relationships>${'<Relationship/>'.repeat(100_000)}</Relationships>` };
    expect((await refusalOf(rawWorkbook({ parts }), { limits: { metadataBytes: 1_000_000 } })).reason).toBe(
      'too_complex',
    );
  });
});

describe('real repetition', () => {
  it('is no bomb: 50,000 rows of the same values', async () => {
    const rows = Array.from({ length: 50_000 }, (_, index) => {
      const number = index + 1;
      return `<row r="${number}"><c r="A${number}"><v>1</v></c><c r="B${number}" t="s"><v>0</v></c><c r="C${number}" s="1"/></row>`;
    }).join('');
    const { rows: read } = await readWorkbook(rawWorkbook({ rows, strings: '<si><t>Sevilla</t></si>' }));
    expect(read).toHaveLength(50_000);
    expect(read.at(-1)).toEqual({
      number: 50_000,
      cells: [
        { kind: 'number', value: 1 },
        { kind: 'text', value: 'Sevilla' },
      ],
    });
  });
});

describe('XML that a workbook does not have', () => {
  const laughs = `<!DOCTYPE x [<!ENTITY a "ja">${Array.from({ length: 9 }, (_, index) => `<!ENTITY ${'bcdefghij'[index]} "${`&${'abcdefghi'[index]};`.repeat(10)}">`).join('')}]>`;

  it.each(WORKBOOK_PARTS)('entity expansion in %s is refused', async (name) => {
    const parts = rawParts({ strings: '<si><t>&j;</t></si>', rows: '<row><c t="str"><v>&j;</v></c></row>' });
    const content = String(parts.get(name)).replace('?>', `?>${laughs}`);
    expect((await refusalFor({ parts: { [name]: content } })).reason).toBe('forbidden_xml');
  });

  it.each([
    ['an external DTD', '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">'],
    ['an external entity', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'],
    ['an empty one', '<!DOCTYPE x>'],
  ])('a document type is refused: %s', async (_name, doctype) => {
    const content = sheetXml('<row><c t="str"><v>&a;</v></c></row>').replace('?>', `?>${doctype}`);
    expect((await refusalFor({ parts: { 'xl/worksheets/sheet1.xml': content } })).reason).toBe('forbidden_xml');
  });

  it.each([
    '&a;',
    '&nbsp;',
    '&constructor;',
    '&__proto__;',
    '&toString;',
    '&#0;',
    '&#xD800;',
    '&#x110000;',
    '&;',
    '&',
    '&amp',
  ])('an entity that XML does not define is refused: %s', async (entity) => {
    expect((await refusalForRows(`<row><c t="str"><v>${entity}</v></c></row>`)).reason).toBe('damaged');
  });

  it('deep nesting is refused', async () => {
    expect((await refusalForRows('<x>'.repeat(100_000))).reason).toBe('forbidden_xml');
    expect((await refusalForRows(`<row><c><is>${'<r>'.repeat(65)}`)).reason).toBe('forbidden_xml');
  });

  it.each([
    ['text', `<row><c t="str"><v>${'x'.repeat(3_000_000)}</v></c></row>`, 'cell_too_long'],
    ['a comment', `<row><!--${'x'.repeat(3_000_000)}--></row>`, 'damaged'],
    ['an attribute', `<row r="${'1'.repeat(3_000_000)}"/>`, 'damaged'],
    ['an element name', `<${'x'.repeat(3_000_000)}/>`, 'damaged'],
    ['white space', ' '.repeat(3_000_000), 'damaged'],
  ])('an endless token is refused: %s', async (_name, rows, reason) => {
    expect((await refusalForRows(rows)).reason).toBe(reason);
  });

  it.each([
    ['unclosed', '<row><c>'],
    ['crossed', '<row><c></row></c>'],
    ['with a bare <', '<row><c><v>1 < 2</v></c></row>'],
    ['with a control character', '<row><c t="str"><v>\u0001</v></c></row>'],
    ['with an attribute twice', '<row r="1" r="2"/>'],
  ])('malformed XML is refused: %s', async (_name, rows) => {
    expect((await refusalForRows(rows)).reason).toBe('damaged');
  });

  it.each([
    ['invalid UTF-8', Buffer.from(sheetXml('<row><c t="str"><v>\u00fe</v></c></row>'), 'latin1')],
    ['UTF-8 that breaks off', Buffer.concat([Buffer.from(sheetXml('')), Buffer.from([0xc3])])],
    ['UTF-16 of odd length', Buffer.concat([Buffer.from(`\uFEFF${sheetXml('')}`, 'utf16le'), Buffer.from([0x20])])],
    ['another encoding', sheetXml('').replace('UTF-8', 'ISO-8859-1')],
    ['nothing', ''],
    ['binary zeros', Buffer.alloc(1000)],
  ])('bytes that are no text are refused: %s', async (_name, content) => {
    expect((await refusalFor({ parts: { 'xl/worksheets/sheet1.xml': content } })).reason).toBe('damaged');
  });
});

describe('cells that cannot be', () => {
  it.each([
    'A0',
    '1A',
    '1',
    'A',
    'A-1',
    'A1:B2',
    '$A$1',
    'a1',
    'A1.5',
    'AAAA1',
    'XFE1',
    'A1048577',
    'A99999999999999999999',
    '',
    'Ñ1',
    'A1 ',
    'B2',
  ])('the reference %j in row 1', async (reference) => {
    expect((await refusalForRows(`<row r="1"><c r="${reference}"><v>1</v></c></row>`)).reason).toBe('damaged');
  });

  it.each(['0', '-1', '1048577', '1e3', 'uno', '', '9'.repeat(400)])('the row number %j', async (number) => {
    expect((await refusalForRows(`<row r="${number}"><c><v>1</v></c></row>`)).reason).toBe('damaged');
  });

  it.each([
    ['rows in descending order', '<row r="2"/><row r="1"/>'],
    ['a row twice', '<row r="2"/><row r="2"/>'],
    ['a cell twice', '<row><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'],
    ['cells of two rows in one', '<row><c r="A1"><v>1</v></c><c r="B2"><v>2</v></c></row>'],
    ['an unknown type', '<row><c t="x"><v>1</v></c></row>'],
    ['a boolean that is none', '<row><c t="b"><v>2</v></c></row>'],
  ])('%s', async (_name, rows) => {
    expect((await refusalForRows(rows)).reason).toBe('damaged');
  });

  it.each(['1', '99999999999999999999', '-1', '0.5', 'x', 'length', '1e999'])(
    'the shared string %j of one',
    async (index) => {
      const refusal = await refusalFor({
        strings: '<si><t>a</t></si>',
        rows: `<row><c t="s"><v>${index}</v></c></row>`,
      });
      expect(refusal).toMatchObject({ reason: 'damaged', context: { cell: 'A1' } });
    },
  );
});

describe('sheets beyond the limits', () => {
  const rowsOf = (count: number, cells: string) => `<row>${cells}</row>`.repeat(count);

  it('70,000 rows', async () => {
    expect(await refusalForRows(rowsOf(70_000, '<c><v>1</v></c>'))).toMatchObject({
      reason: 'too_many_rows',
      context: { limit: 50_000 },
    });
  });

  it('exactly 50,000 rows are read, and blank ones are free', async () => {
    const { rows } = await readWorkbook(
      rawWorkbook({ rows: rowsOf(50_000, '<c><v>1</v></c>') + rowsOf(20_000, '<c/>') }),
    );
    expect(rows).toHaveLength(50_000);
  });

  it('300 columns', async () => {
    expect(await refusalForRows(rowsOf(1, '<c><v>1</v></c>'.repeat(300)))).toMatchObject({
      reason: 'too_many_columns',
      context: { limit: 200, cell: 'GS1' },
    });
  });

  it('exactly 200 columns are read, and blank ones are free', async () => {
    const { rows } = await readWorkbook(
      rawWorkbook({ rows: rowsOf(1, '<c><v>1</v></c>'.repeat(200) + '<c s="1"/>'.repeat(800)) }),
    );
    expect(rows[0]?.cells).toHaveLength(200);
  });

  it('a far cell', async () => {
    expect(await refusalForRows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')).toMatchObject({
      reason: 'too_many_columns',
      context: { cell: 'XFD1048576' },
    });
  });

  it.each([
    ['in the cell', (long: string) => ({ rows: `<row r="2"><c r="C2" t="str"><v>${long}</v></c></row>` }), 'C2'],
    [
      'inline',
      (long: string) => ({ rows: `<row r="2"><c r="C2" t="inlineStr"><is><r><t>${long}</t></r></is></c></row>` }),
      'C2',
    ],
    ['shared', (long: string) => ({ strings: `<si><t>${long}</t></si>` }), undefined],
  ])('a text of 40,000 characters %s, while 32,767 are read', async (_name, workbook, cell) => {
    const refusal = await refusalFor({ rows: '<row/>', ...workbook('x'.repeat(40_000)) });
    expect(refusal).toMatchObject({ reason: 'cell_too_long', context: { limit: 32_767 } });
    expect(refusal.context.cell).toBe(cell);
    await expect(readWorkbook(rawWorkbook({ rows: '<row/>', ...workbook('x'.repeat(32_767)) }))).resolves.toBeDefined();
  });

  it('a text of many small runs', async () => {
    expect((await refusalFor({ strings: `<si>${'<r><t>ab</t></r>'.repeat(200_000)}</si>` })).reason).toBe(
      'cell_too_long',
    );
  });

  it.each([
    ['filled cells', { cells: 5 }, { rows: rowsOf(3, '<c><v>1</v></c><c><v>1</v></c>') }, 'too_many_cells'],
    ['shared strings', { sharedStrings: 5 }, { strings: '<si><t>a</t></si>'.repeat(6) }, 'too_complex'],
    [
      'characters of shared strings',
      { sharedStringCharacters: 5 },
      { strings: '<si><t>abc</t></si>'.repeat(2) },
      'too_complex',
    ],
    ['cell formats', { cellFormats: 5 }, { formats: [14, 14, 14, 14, 14] }, 'too_complex'],
    ['levels of elements', { xmlDepth: 3 }, { rows: '<row><c/></row>' }, 'forbidden_xml'],
  ] as const)('more %s than allowed', async (_name, limits, workbook, reason) => {
    expect((await refusalOf(rawWorkbook(workbook), { limits })).reason).toBe(reason);
    await expect(readWorkbook(rawWorkbook(workbook))).resolves.toBeDefined();
  });
});
