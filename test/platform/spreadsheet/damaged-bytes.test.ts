import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dailyArrivalsWorkbook } from '../../../infra/local/demo/daily-arrivals-workbook.ts';
import { SpreadsheetError } from '../../../shared/platform/spreadsheet/spreadsheet-error.ts';
import { readWorkbook } from '../../../shared/platform/spreadsheet/workbook.ts';
import { rawParts, rawWorkbook } from '../../support/workbooks/raw-workbook.ts';
import { buildZip } from '../../support/workbooks/raw-zip.ts';

const SHEET =
  '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" s="1"><v>46176</v></c><c r="B2" s="2"><v>0.8333</v></c><c r="C2" t="inlineStr"><is><r><t>Ana</t></r></is></c><c r="D2" t="b"><v>1</v></c><c r="E2" t="d"><v>2026-06-03</v></c><c r="F2" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>';
const STRINGS = '<si><t>Nombre</t></si><si><r><t>Ho</t></r><r><t>ra</t></r></si>';
const WORKBOOK = { rows: SHEET, strings: STRINGS, formats: [14, 'hh:mm'] };

/** Reads, or refuses with a sentence; whatever else is thrown fails the property. */
async function readOrRefuse(bytes: Uint8Array): Promise<void> {
  try {
    await readWorkbook(bytes);
  } catch (error) {
    if (!(error instanceof SpreadsheetError)) throw error;
    expect(error.message).toMatch(/fichero.*\.$/s);
  }
}

const flips = (length: number) =>
  fc.array(fc.tuple(fc.nat(length - 1), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 8 });

function flip(bytes: Uint8Array, changes: readonly (readonly [number, number])[]): Buffer {
  const copy = Buffer.from(bytes);
  for (const [index, mask] of changes) copy[index] = (copy[index] ?? 0) ^ mask;
  return copy;
}

describe('no input makes the reader throw anything but a SpreadsheetError', () => {
  it('flipped bytes in the archive', async () => {
    const bytes = rawWorkbook(WORKBOOK);
    await fc.assert(
      fc.asyncProperty(flips(bytes.length), (changes) => readOrRefuse(flip(bytes, changes))),
      { numRuns: 600 },
    );
  });

  it('flipped bytes in an archive of a spreadsheet program', async () => {
    const bytes = await dailyArrivalsWorkbook();
    await fc.assert(
      fc.asyncProperty(flips(bytes.length), (changes) => readOrRefuse(flip(bytes, changes))),
      { numRuns: 200 },
    );
  });

  it('flipped bytes inside a part, behind a valid checksum', async () => {
    const parts = [...rawParts(WORKBOOK)];
    await fc.assert(
      fc.asyncProperty(
        fc.nat(parts.length - 1),
        fc.infiniteStream(fc.nat(1_000_000)),
        fc.nat(7),
        async (chosen, places, count) => {
          const entries = parts.map(([name, data], index) => {
            const content = Buffer.from(data);
            if (index !== chosen) return { name, data: content };
            const changes = [...places.take(count + 1)].map(
              (place) => [place % content.length, (place % 255) + 1] as const,
            );
            return { name, data: flip(content, changes) };
          });
          await readOrRefuse(buildZip(entries));
        },
      ),
      { numRuns: 800 },
    );
  });

  it('pieces of a part taken out or doubled', async () => {
    const parts = [...rawParts(WORKBOOK)];
    await fc.assert(
      fc.asyncProperty(
        fc.nat(parts.length - 1),
        fc.nat(),
        fc.nat(200),
        fc.boolean(),
        async (chosen, at, length, double) => {
          const entries = parts.map(([name, data], index) => {
            const content = String(data);
            if (index !== chosen) return { name, data: content };
            const start = at % content.length;
            const piece = content.slice(start, start + length);
            return {
              name,
              data: content.slice(0, start) + (double ? piece + piece : '') + content.slice(start + length),
            };
          });
          await readOrRefuse(buildZip(entries));
        },
      ),
      { numRuns: 800 },
    );
  });

  it('archives cut off, and bytes appended or put in front', async () => {
    const bytes = rawWorkbook(WORKBOOK);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length), fc.uint8Array({ maxLength: 50 }), fc.boolean(), (length, extra, before) =>
        readOrRefuse(before ? Buffer.concat([extra, bytes]) : Buffer.concat([bytes.subarray(0, length), extra])),
      ),
      { numRuns: 300 },
    );
  });

  it('any bytes at all, with every signature', async () => {
    const signatures = ['', '504b0304', '504b0506', 'd0cf11e0a1b11ae1', '09081000'].map((hex) =>
      Buffer.from(hex, 'hex'),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...signatures), fc.uint8Array({ maxLength: 400 }), (signature, bytes) =>
        readOrRefuse(Buffer.concat([signature, bytes])),
      ),
      { numRuns: 400 },
    );
  });
});
