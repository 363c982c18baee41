import { describe, expect, it } from 'vitest';
import { sheetWorkbook } from '../../../infra/local/demo/sheet-workbook.ts';
import type { Cell, Row } from '../../../shared/platform/spreadsheet/cell.ts';
import { openWorkbook, readWorkbook } from '../../../shared/platform/spreadsheet/workbook.ts';
import {
  type RawWorkbook,
  rawParts,
  rawWorkbook,
  relationships,
  sheetXml,
} from '../../support/workbooks/raw-workbook.ts';
import { buildZip } from '../../support/workbooks/raw-zip.ts';
import { refusalOf } from '../../support/workbooks/refusal.ts';

const text = (value: string): Cell => ({ kind: 'text', value });
const EMPTY: Cell = { kind: 'empty' };

describe('a workbook saved by a spreadsheet program', () => {
  it('gives its rows with their numbers and typed values', async () => {
    const bytes = await sheetWorkbook(
      [
        ['Nombre', 'Entrada', 'Hora', 'Personas', 'Precio', 'Pagado'],
        ['Ana Muñoz', new Date(Date.UTC(2026, 5, 3)), 20 / 24, 2, 99.5, true],
        [],
        ['Łukasz 😀', null, null, -1, null, false],
      ],
      { sheetName: 'Llegadas', formats: { B: 'dd/mm/yyyy', C: 'hh:mm' } },
    );
    await expect(readWorkbook(bytes, { fileName: 'Llegadas Junio.XLSX' })).resolves.toEqual({
      sheetName: 'Llegadas',
      dateSystem: 1900,
      rows: [
        { number: 1, cells: ['Nombre', 'Entrada', 'Hora', 'Personas', 'Precio', 'Pagado'].map(text) },
        {
          number: 2,
          cells: [
            text('Ana Muñoz'),
            { kind: 'date', value: '2026-06-03' },
            { kind: 'time', value: '20:00:00' },
            { kind: 'number', value: 2 },
            { kind: 'number', value: 99.5 },
            { kind: 'boolean', value: true },
          ],
        },
        {
          number: 4,
          cells: [
            text('Łukasz 😀'),
            EMPTY,
            EMPTY,
            { kind: 'number', value: -1 },
            EMPTY,
            { kind: 'boolean', value: false },
          ],
        },
      ],
    });
  });

  it('accepts any view of the bytes', async () => {
    const bytes = rawWorkbook({ rows: '<row><c><v>7</v></c></row>' });
    const padded = new Uint8Array(bytes.length + 20);
    padded.set(bytes, 10);
    const { rows } = await readWorkbook(padded.subarray(10, 10 + bytes.length));
    expect(rows).toEqual([{ number: 1, cells: [{ kind: 'number', value: 7 }] }]);
  });

  it('streams rows and lets the reader stop early', async () => {
    const rows = Array.from({ length: 5000 }, (_, index) => `<row><c><v>${index}</v></c></row>`).join('');
    const workbook = await openWorkbook(rawWorkbook({ rows }));
    const seen: number[] = [];
    for await (const row of workbook.readRows()) {
      seen.push(row.number);
      if (seen.length === 3) break;
    }
    expect(seen).toEqual([1, 2, 3]);
    let count = 0;
    for await (const _ of workbook.readRows()) count += 1;
    expect(count).toBe(5000);
  });
});

describe('the sheet that is read', () => {
  const three = (states: readonly ('visible' | 'hidden' | 'veryHidden')[]) =>
    states.map((state, index) => ({ name: `Hoja${index + 1}`, state, rows: `<row><c><v>${index + 1}</v></c></row>` }));
  const name = async (workbook: RawWorkbook, sheet?: Parameters<typeof readWorkbook>[1]) =>
    (await readWorkbook(rawWorkbook(workbook), sheet)).sheetName;

  it('is the tab that was selected when the file was saved', async () => {
    const { sheetName, rows } = await readWorkbook(
      rawWorkbook({ sheets: three(['visible', 'visible', 'visible']), activeTab: 2 }),
    );
    expect(sheetName).toBe('Hoja3');
    expect(rows[0]?.cells).toEqual([{ kind: 'number', value: 3 }]);
  });

  it('is the first visible one where that tab is hidden, absent or nonsense', async () => {
    expect(await name({ sheets: three(['veryHidden', 'visible', 'hidden']), activeTab: 2 })).toBe('Hoja2');
    expect(await name({ sheets: three(['hidden', 'visible', 'visible']), activeTab: 0 })).toBe('Hoja2');
    expect(await name({ sheets: three(['hidden', 'visible', 'visible']), activeTab: 99 })).toBe('Hoja2');
    expect(await name({ sheets: three(['visible', 'visible', 'visible']), activeTab: Number.NaN })).toBe('Hoja1');
  });

  it('can be the first visible one or one by its name', async () => {
    const sheets = three(['hidden', 'visible', 'visible']);
    expect(await name({ sheets, activeTab: 2 }, { sheet: 'first-visible' })).toBe('Hoja2');
    expect(await name({ sheets, activeTab: 1 }, { sheet: { name: ' hoja3 ' } })).toBe('Hoja3');
    expect((await refusalOf(rawWorkbook({ sheets }), { sheet: { name: 'Hoja1' } })).reason).toBe('sheet_not_found');
    expect((await refusalOf(rawWorkbook({ sheets }), { sheet: { name: 'otra' } })).reason).toBe('sheet_not_found');
  });

  it('is never a chart sheet', async () => {
    const parts = {
      'xl/_rels/workbook.xml.rels': relationships([
        ['rId1', 'chartsheet', 'chartsheets/sheet1.xml'],
        ['rId2', 'worksheet', 'worksheets/sheet2.xml'],
      ]),
    };
    expect(await name({ sheets: three(['visible', 'visible']), activeTab: 0, parts })).toBe('Hoja2');
  });

  it('can be chosen after a look at the list', async () => {
    const workbook = await openWorkbook(rawWorkbook({ sheets: three(['hidden', 'visible', 'visible']), activeTab: 2 }));
    expect(workbook.sheets).toEqual([
      { name: 'Hoja1', visible: false },
      { name: 'Hoja2', visible: true },
      { name: 'Hoja3', visible: true },
    ]);
    expect(workbook.sheetName()).toBe('Hoja3');
    const rows: Row[] = [];
    for await (const row of workbook.readRows({ name: 'Hoja2' })) rows.push(row);
    expect(rows).toEqual([{ number: 1, cells: [{ kind: 'number', value: 2 }] }]);
  });
});

describe('the ways in which producers differ', () => {
  const rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46176</v></c></row>';
  const expected = [text('ñ'), { kind: 'date', value: '2026-06-03' }];
  const workbook: RawWorkbook = { rows, strings: '<si><t>ñ</t></si>', formats: [14] };
  const read = async (parts: ReadonlyMap<string, Buffer | string>) => {
    const { rows: read } = await readWorkbook(buildZip([...parts].map(([name, data]) => ({ name, data }))));
    return read[0]?.cells;
  };
  const mapParts = (change: (content: string, name: string) => Buffer | string) =>
    new Map([...rawParts(workbook)].map(([name, data]) => [name, change(String(data), name)]));

  it('strict namespaces', async () => {
    const strict = mapParts((content) =>
      content
        .replaceAll(
          'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
          'http://purl.oclc.org/ooxml/spreadsheetml/main',
        )
        .replaceAll(
          'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
          'http://purl.oclc.org/ooxml/officeDocument/relationships',
        ),
    );
    expect(await read(strict)).toEqual(expected);
  });

  it('prefixed elements, and another prefix for relationship ids', async () => {
    const prefixed = mapParts((content, name) =>
      name.startsWith('xl/') && !name.includes('_rels')
        ? content
            .replaceAll(/<(\/?)([a-z])/gi, '<$1x:$2')
            .replace('xmlns=', 'xmlns:x=')
            .replaceAll('xmlns:r=', 'xmlns:d3p1=')
            .replaceAll(' r:id=', ' d3p1:id=')
        : content,
    );
    expect(String(prefixed.get('xl/worksheets/sheet1.xml'))).toContain('<x:c r="A1"');
    expect(await read(prefixed)).toEqual(expected);
  });

  it.each(['UTF-8 with byte order mark', 'UTF-16LE', 'UTF-16BE', 'UTF-16LE without mark', 'UTF-16BE without mark'])(
    '%s',
    async (encoding) => {
      const encoded = mapParts((content) => {
        if (encoding.startsWith('UTF-8')) return `\uFEFF${content}`;
        const marked = encoding.endsWith('mark') ? content : `\uFEFF${content}`;
        const little = Buffer.from(marked.replace('encoding="UTF-8"', 'encoding="UTF-16"'), 'utf16le');
        return encoding.startsWith('UTF-16LE') ? little : little.swap16();
      });
      expect(await read(encoded)).toEqual(expected);
    },
  );

  it('absolute targets, dots in targets and part names in another case', async () => {
    const moved = rawParts(workbook);
    moved.set('_rels/.rels', relationships([['rId1', 'officeDocument', '/XL/Workbook.xml']]));
    moved.set(
      'xl/_rels/workbook.xml.rels',
      relationships([
        ['rId1', 'worksheet', '/xl/WORKSHEETS/sheet1.xml'],
        ['rIdA', 'styles', './styles.xml'],
        ['rIdB', 'sharedStrings', '../xl/worksheets/../SharedStrings.xml'],
      ]),
    );
    expect(await read(moved)).toEqual(expected);
  });

  it('backslashes in entry names and entries that are stored', async () => {
    const entries = [...rawParts(workbook)].map(([name, data]) => ({
      name: name.replaceAll('/', '\\'),
      data,
      stored: true,
    }));
    const { rows: read } = await readWorkbook(buildZip(entries));
    expect(read[0]?.cells).toEqual(expected);
  });

  it('no styles, no shared strings and no package relationships', async () => {
    const bare = rawParts({ rows: '<row><c s="1"><v>46176</v></c></row>' });
    for (const name of ['xl/styles.xml', 'xl/sharedStrings.xml', '_rels/.rels']) bare.delete(name);
    expect(await read(bare)).toEqual([{ kind: 'number', value: 46_176 }]);
  });

  it('one merge over the whole sheet, which costs nothing', async () => {
    const after =
      '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells><dataValidations><dataValidation sqref="A1:XFD1048576"/></dataValidations>';
    const merged = rawParts(workbook);
    merged.set('xl/worksheets/sheet1.xml', sheetXml(rows, after));
    expect(await read(merged)).toEqual(expected);
  });

  it('extensions that use the same element names elsewhere', async () => {
    const after = '<extLst><ext><row r="1"><c r="A1"><v>9</v></c></row></ext></extLst>';
    const extended = rawParts(workbook);
    extended.set('xl/worksheets/sheet1.xml', sheetXml(rows, after));
    expect(await read(extended)).toEqual(expected);
  });
});
