import { describe, expect, it } from 'vitest';
import type { Cell } from '../../../shared/platform/spreadsheet/cell.ts';
import { readWorkbook } from '../../../shared/platform/spreadsheet/workbook.ts';
import { type RawWorkbook, rawWorkbook } from '../../support/workbooks/raw-workbook.ts';

async function rowsOf(workbook: RawWorkbook) {
  return (await readWorkbook(rawWorkbook(workbook))).rows;
}

/** The cells of row 1, given as the inside of its element. */
async function cellsOf(cells: string, workbook: RawWorkbook = {}): Promise<readonly Cell[]> {
  const [row] = await rowsOf({ ...workbook, rows: `<row r="1">${cells}</row>` });
  return row?.cells ?? [];
}

const text = (value: string): Cell => ({ kind: 'text', value });
const EMPTY: Cell = { kind: 'empty' };

describe('text', () => {
  it('joins rich text runs and leaves phonetic guides out', async () => {
    const strings =
      '<si><t>uno</t></si><si><r><rPr><b/></rPr><t xml:space="preserve">dos </t></r><r><t>tres</t></r><rPh sb="0" eb="1"><t>KANA</t></rPh></si><si/>';
    expect(
      await cellsOf('<c t="s"><v>1</v></c><c t="s"><v>0</v></c><c t="s"><v>2</v></c><c t="s"><v>0</v></c>', {
        strings,
      }),
    ).toEqual([text('dos tres'), text('uno'), EMPTY, text('uno')]);
  });

  it('reads inline strings, plain and rich, without phonetic guides', async () => {
    expect(
      await cellsOf(
        '<c t="inlineStr"><is><t>uno</t></is></c><c t="inlineStr"><is><r><t>dos </t></r><r><t>tres</t></r><rPh sb="0" eb="1"><t>KANA</t></rPh></is></c><c t="inlineStr"><is/></c><c t="inlineStr"><is><t>fin</t></is></c>',
      ),
    ).toEqual([text('uno'), text('dos tres'), EMPTY, text('fin')]);
  });

  it('keeps white space, character references, CDATA and escaped characters', async () => {
    expect(
      await cellsOf(
        '<c t="str"><v>  a &amp; b &#x20AC;&#10;c </v></c><c t="str"><v>a<![CDATA[<b>]]>c</v></c><c t="str"><v>l&#237;nea_x000D__x000a_fin _x005F_x000D_ _x12_</v></c><c t="str"><v>_xD83D__xDE42_ _xD83D_</v></c>',
      ),
    ).toEqual([text('  a & b €\nc '), text('a<b>c'), text('línea\r\nfin _x000D_ _x12_'), text('🙂 \uFFFD')]);
  });

  it('keeps a string that lies across chunks of the inflated part whole', async () => {
    const long = 'ñandú😀 '.repeat(4000).slice(0, 30_000);
    const rows = `<row>${`<c t="str"><v>${long}</v></c>`.repeat(20)}</row>`;
    const [row] = await rowsOf({ rows });
    expect(row?.cells).toEqual(Array.from({ length: 20 }, () => text(long)));
  });
});

describe('numbers, booleans and errors', () => {
  it('tells integers from floats as the file spells them', async () => {
    expect(
      await cellsOf('<c><v>7</v></c><c t="n"><v>7.0</v></c><c><v>9.5</v></c><c><v>3.4600111222E10</v></c>'),
    ).toEqual([
      { kind: 'number', value: 7 },
      { kind: 'number', value: 7, float: true },
      { kind: 'number', value: 9.5 },
      { kind: 'number', value: 34_600_111_222, float: true },
    ]);
  });

  it('reads both spellings of booleans and the errors', async () => {
    expect(await cellsOf('<c t="b"><v>1</v></c><c t="b"><v>false</v></c><c t="e"><v>#N/A</v></c>')).toEqual([
      { kind: 'boolean', value: true },
      { kind: 'boolean', value: false },
      { kind: 'error', value: '#N/A' },
    ]);
  });

  it('takes a number that is none for an error of that cell alone', async () => {
    expect(await cellsOf('<c><v>NaN</v></c><c><v>abc</v></c><c><v>1</v></c>')).toEqual([
      { kind: 'error', value: '#NUM!' },
      { kind: 'error', value: '#NUM!' },
      { kind: 'number', value: 1 },
    ]);
  });
});

describe('formulas', () => {
  it('give their cached value, and nothing without one', async () => {
    expect(
      await cellsOf(
        '<c><f>1+1</f><v>2</v></c><c t="str"><f>A1&amp;"x"</f><v>2x</v></c><c><f>NOW()</f></c><c t="str"><f>B1</f><v></v></c><c t="b"><f>TRUE()</f><v>1</v></c><c><f t="shared" ref="A1:A9" si="0">A1</f><v>3</v></c>',
      ),
    ).toEqual([
      { kind: 'number', value: 2 },
      text('2x'),
      EMPTY,
      EMPTY,
      { kind: 'boolean', value: true },
      { kind: 'number', value: 3 },
    ]);
  });
});

describe('dates', () => {
  const formats = [14, 'dd/mm/yyyy hh:mm', '[h]:mm', 'hh:mm', '[$-C0A]d" de "mmmm" de "yyyy', '0" días"'];
  const cells =
    '<c s="1"><v>46176</v></c><c s="2"><v>46176.8333333333</v></c><c s="3"><v>1.0625</v></c><c s="4"><v>0.8333333333</v></c><c s="5"><v>46176</v></c><c s="6"><v>46176</v></c><c s="99"><v>46176</v></c>';

  it('follow the number format of the cell', async () => {
    expect(await cellsOf(cells, { formats })).toEqual([
      { kind: 'date', value: '2026-06-03' },
      { kind: 'dateTime', value: '2026-06-03T20:00:00' },
      { kind: 'duration', seconds: 91_800 },
      { kind: 'time', value: '20:00:00' },
      { kind: 'date', value: '2026-06-03' },
      { kind: 'number', value: 46_176 },
      { kind: 'number', value: 46_176 },
    ]);
  });

  it('follow the 1904 date system where the workbook says so', async () => {
    const { rows, dateSystem } = await readWorkbook(
      rawWorkbook({ rows: `<row>${cells}</row>`, formats, date1904: true }),
    );
    expect(dateSystem).toBe(1904);
    expect(rows[0]?.cells[0]).toEqual({ kind: 'date', value: '2030-06-04' });
    expect(rows[0]?.cells[3]).toEqual({ kind: 'time', value: '20:00:00' });
  });

  it('are read from ISO text too', async () => {
    expect(
      await cellsOf('<c t="d" s="1"><v>2026-06-03T00:00:00</v></c><c t="d"><v>2026-06-03T20:00:00Z</v></c>', {
        formats,
      }),
    ).toEqual([
      { kind: 'date', value: '2026-06-03' },
      { kind: 'dateTime', value: '2026-06-03T20:00:00' },
    ]);
  });
});

describe('positions', () => {
  it('count on where rows and cells do not say theirs', async () => {
    expect(
      await rowsOf({
        rows: '<row><c><v>1</v></c><c r="D1"><v>4</v></c><c><v>5</v></c></row><row r="7"><c r="B7"><v>2</v></c></row><row><c><v>8</v></c></row>',
      }),
    ).toEqual([
      {
        number: 1,
        cells: [{ kind: 'number', value: 1 }, EMPTY, EMPTY, { kind: 'number', value: 4 }, { kind: 'number', value: 5 }],
      },
      { number: 7, cells: [EMPTY, { kind: 'number', value: 2 }] },
      { number: 8, cells: [{ kind: 'number', value: 8 }] },
    ]);
  });

  it('take the number of a nameless row from its first cell', async () => {
    expect(
      (await rowsOf({ rows: '<row><c r="A5"><v>1</v></c></row><row><c><v>2</v></c></row>' })).map((row) => row.number),
    ).toEqual([5, 6]);
  });

  it('place cells by their reference, in whatever order they come', async () => {
    expect(await cellsOf('<c r="B1"><v>2</v></c><c r="AA1"><v>27</v></c><c r="A1"><v>1</v></c>')).toMatchObject({
      0: { value: 1 },
      1: { value: 2 },
      26: { value: 27 },
      length: 27,
    });
  });

  it('leave blank rows and trailing blank cells out, however far the formatting goes', async () => {
    expect(
      await rowsOf({
        rows: '<row r="2"><c r="A2"><v>1</v></c><c r="XFD2" s="1"/></row><row r="3"/><row r="1048576"><c r="A1048576" s="1"/></row>',
      }),
    ).toEqual([{ number: 2, cells: [{ kind: 'number', value: 1 }] }]);
  });
});
